package dev.rolecall.cli.front;

import dev.rolecall.cli.failure.CommandFailure;
import dev.rolecall.cli.failure.IoWords;
import dev.rolecall.cli.input.KeyPairFiles;
import dev.rolecall.cli.server.ServerCertificate;
import io.grpc.TlsServerCredentials;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/** TLS of a server that presents a certificate: the user's, or one made for this run. */
final class PresentedTls {

  private PresentedTls() {}

  /**
   * A certificate and key that the user provides.
   *
   * @throws CommandFailure if a file is not what it should be; it names the file's option
   */
  static TlsServerCredentials.Builder ofFiles(
      String chainOption, Path chainFile, String keyOption, Path keyFile) {
    KeyPairFiles read = KeyPairFiles.read(chainOption, chainFile, keyOption, keyFile);
    return ServerCertificate.tls(read.chain(), read.keyPem());
  }

  /**
   * A certificate made now.
   *
   * @param into where to write it, for clients to trust; null for nowhere
   * @throws CommandFailure if it cannot be written; it names the option
   */
  static TlsServerCredentials.Builder forThisRun(String option, @Nullable Path into) {
    ServerCertificate made = ServerCertificate.forThisRun(Clock.systemUTC(), new SecureRandom());
    if (into != null) {
      write(option, into, made.certificatePem());
    }
    return made.tls();
  }

  private static void write(String option, Path file, String pem) {
    try {
      Files.writeString(file, pem, StandardCharsets.US_ASCII);
    } catch (IOException e) {
      throw new CommandFailure(
          option + ": " + file + ": cannot be written: " + IoWords.whyNotWritten(e), e);
    }
  }
}
