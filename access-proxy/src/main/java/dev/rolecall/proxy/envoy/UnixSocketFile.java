package dev.rolecall.proxy.envoy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.internal.InvalidValue;
import java.io.IOException;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;

/** The file of a Unix socket. Netty removes it when it stops to listen. */
final class UnixSocketFile {

  /** Linux's bound of {@code sun_path}, without its last zero. */
  private static final int LONGEST = 107;

  private static final String OWNER_AND_GROUP = "rw-rw----";

  private final Path path;

  /**
   * The file of that path.
   *
   * @throws IllegalArgumentException if the path is too long for a socket
   */
  UnixSocketFile(Path path) {
    this.path = requireNonNull(path, "path").toAbsolutePath();
    if (this.path.toString().getBytes(UTF_8).length > LONGEST) {
      throw InvalidValue.of(
          "socket", this.path.toString(), "a path of at most " + LONGEST + " bytes");
    }
  }

  Path path() {
    return path;
  }

  /**
   * Makes room for a socket: removes one on which nothing listens, which a process left behind that
   * was killed.
   *
   * @throws IOException if a process listens on it, or the file is no socket
   */
  void makeRoom() throws IOException {
    if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    BasicFileAttributes found =
        Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    if (!found.isOther()) {
      throw new IOException(
          "socket: " + path + " is a file of another kind (expected: no file, or an old socket)");
    }
    if (isListenedOn()) {
      throw new IOException("socket: another process listens on " + path);
    }
    Files.delete(path);
  }

  private boolean isListenedOn() throws IOException {
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      return channel.connect(UnixDomainSocketAddress.of(path));
    } catch (ConnectException e) {
      return false;
    }
  }

  /** Lets the owner and the group connect, and no other. To be called once the socket is bound. */
  void protect() throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(OWNER_AND_GROUP));
  }

  @Override
  public String toString() {
    return "unix:" + path;
  }
}
