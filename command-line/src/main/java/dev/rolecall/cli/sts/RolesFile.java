package dev.rolecall.cli.sts;

import dev.rolecall.cli.failure.CommandFailure;
import dev.rolecall.stsemulator.EmulatedPrincipal;
import java.nio.file.Path;
import java.util.List;

/**
 * The content of a roles file, as {@code rolecall sts --roles} reads it.
 *
 * @param principals the roles and users that the emulator knows, at least one
 * @param webIdentityAccounts the accounts where outbound identity federation is enabled
 */
record RolesFile(List<EmulatedPrincipal> principals, List<String> webIdentityAccounts) {

  /** Copies the lists. */
  RolesFile {
    principals = List.copyOf(principals);
    webIdentityAccounts = List.copyOf(webIdentityAccounts);
  }

  /**
   * Reads the file.
   *
   * @throws CommandFailure if it cannot be read or is wrong; the message says where
   */
  static RolesFile read(Path file) {
    return new RolesFileReader(file).read();
  }
}
