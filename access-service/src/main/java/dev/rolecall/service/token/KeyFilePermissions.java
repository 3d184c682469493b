package dev.rolecall.service.token;

import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * The permissions of a file with a secret: for its owner alone, or for the group to read too if it
 * belongs to root, as PostgreSQL has it for its own keys.
 *
 * @see <a href="https://www.postgresql.org/docs/current/ssl-tcp.html">PostgreSQL, secure TCP/IP
 *     connections</a>
 */
final class KeyFilePermissions {

  private static final Set<PosixFilePermission> OWNERS =
      EnumSet.of(
          PosixFilePermission.OWNER_READ,
          PosixFilePermission.OWNER_WRITE,
          PosixFilePermission.OWNER_EXECUTE);

  private KeyFilePermissions() {}

  /** The flaw in words; empty if there is none. */
  static Optional<String> flaw(Set<PosixFilePermission> permissions, String owner) {
    Set<PosixFilePermission> beyond = EnumSet.noneOf(PosixFilePermission.class);
    beyond.addAll(permissions);
    beyond.removeAll(OWNERS);
    if (owner.equals("root")) {
      beyond.remove(PosixFilePermission.GROUP_READ);
    }
    return beyond.isEmpty()
        ? Optional.empty()
        : Optional.of("open to others than its owner, with " + beyond);
  }
}
