package dev.rolecall.cli.sts;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import dev.rolecall.cli.failure.CommandFailure;
import dev.rolecall.cli.failure.IoWords;
import dev.rolecall.stsemulator.EmulatedCredentials;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A shared credentials file of the AWS CLI, with credentials of the emulator. They are good at the
 * emulator alone, but the file is for its owner only, as one with real credentials would be.
 *
 * @see <a href="https://docs.aws.amazon.com/sdkref/latest/guide/file-format.html">Shared config and
 *     credentials files</a>
 */
final class CredentialsFile {

  private CredentialsFile() {}

  /**
   * A profile's name, numbered if taken: the last part of the ARN that names the role or user. For
   * a user of a permission set, the user's name before its {@code @}.
   */
  static String profileOf(EmulatedCredentials credentials, Set<String> taken) {
    List<String> parts = List.of(credentials.callerArn().split("[:/]", -1));
    boolean isUser = credentials.callerArn().contains(":assumed-role/AWSReservedSSO_");
    boolean isRole = credentials.callerArn().contains(":assumed-role/") && !isUser;
    String last = parts.get(parts.size() - (isRole ? 2 : 1));
    String name = isUser && last.indexOf('@') > 0 ? last.substring(0, last.indexOf('@')) : last;
    String free = name;
    for (int i = 2; taken.contains(free); i++) {
      free = name + "-" + i;
    }
    return free;
  }

  static void write(Path file, Map<String, EmulatedCredentials> profiles) {
    if (Files.isDirectory(file, NOFOLLOW_LINKS)) {
      // One that is empty would be deleted.
      throw new CommandFailure(
          "--write-credentials: " + file + ": cannot be written: a folder (expected: a file)");
    }
    FileAttribute<?>[] ownerOnly =
        FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
            ? new FileAttribute<?>[] {
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
            }
            : new FileAttribute<?>[0];
    try {
      // Made anew, so that the permissions are ours from its first byte.
      Files.deleteIfExists(file);
      try (var channel = Files.newByteChannel(file, Set.of(CREATE_NEW, WRITE), ownerOnly);
          PrintWriter out = new PrintWriter(Channels.newWriter(channel, StandardCharsets.UTF_8))) {
        profiles.forEach((profile, credentials) -> write(out, profile, credentials));
      }
    } catch (IOException e) {
      throw new CommandFailure(
          "--write-credentials: " + file + ": cannot be written: " + IoWords.whyNotWritten(e), e);
    }
  }

  private static void write(PrintWriter out, String profile, EmulatedCredentials credentials) {
    out.println("[" + profile + "]");
    out.println("aws_access_key_id = " + credentials.accessKeyId());
    out.println("aws_secret_access_key = " + credentials.secretAccessKey());
    credentials.sessionToken().ifPresent(token -> out.println("aws_session_token = " + token));
  }
}
