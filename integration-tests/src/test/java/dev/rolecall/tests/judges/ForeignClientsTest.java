package dev.rolecall.tests.judges;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.rolecall.identity.Audience;
import dev.rolecall.identity.BindingHash;
import dev.rolecall.identity.Caller;
import dev.rolecall.identity.Partition;
import dev.rolecall.identity.RefusalReason;
import dev.rolecall.stsemulator.EmulatedCredentials;
import dev.rolecall.stsemulator.StsEmulator;
import dev.rolecall.tests.checkout.Checkout;
import dev.rolecall.verifier.CallerVerifier;
import dev.rolecall.verifier.Connection;
import dev.rolecall.verifier.Verification;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Clients that share no code with Rolecall, nor with AWS: each is one file, written from
 * docs/protocol.md alone.
 */
class ForeignClientsTest {

  private static final Audience ORDERS = Audience.of("orders");

  @TempDir Path directory;

  private final StsEmulator emulator = StsEmulator.start();
  private final EmulatedCredentials checkout =
      emulator.addRole("arn:aws:iam::111122223333:role/checkout");
  private final CallerVerifier verifier =
      CallerVerifier.builder(ORDERS)
          .acceptCustomEndpoint(emulator.endpoint(), "eu-west-1", Partition.AWS)
          .build();

  @AfterEach
  void stop() {
    verifier.close();
    emulator.close();
  }

  /**
   * A client in another language.
   *
   * @param interpreter what runs it
   * @param debianPackage what has the interpreter
   * @param file its one file
   */
  record ForeignClient(String interpreter, String debianPackage, String file) {

    List<String> command(List<String> arguments) {
      List<String> command = new ArrayList<>(List.of(interpreter, Checkout.path(file).toString()));
      command.addAll(arguments);
      return command;
    }

    @Override
    public String toString() {
      return file;
    }
  }

  static Stream<ForeignClient> clients() {
    return Stream.of(
        new ForeignClient("python3", "python3", "docs/clients/rolecall_proof.py"),
        new ForeignClient("node", "nodejs", "docs/clients/rolecall-proof.mjs"));
  }

  @ParameterizedTest
  @MethodSource("clients")
  void proof_ofAForeignClient_namesItsRole(ForeignClient client) throws Exception {
    String proof = run(client, List.of("orders", "eu-west-1", host()));

    Caller caller =
        verify(proof, Connection.withoutTls("127.0.0.1"))
            .fold(
                Verification.Verified::caller,
                refused -> fail(refused.reason()),
                unavailable -> fail(unavailable.reason()));

    assertThat(caller).hasToString(checkout.callerArn());
  }

  @ParameterizedTest
  @MethodSource("clients")
  void proof_boundToACertificate_isGoodOnItsConnectionAlone(ForeignClient client) throws Exception {
    byte[] certificate = "the bytes of a certificate".getBytes(UTF_8);
    Path file = Files.write(directory.resolve("server.der"), certificate);

    String proof = run(client, List.of("orders", "eu-west-1", host(), file.toString()));

    Connection its = new Connection("127.0.0.1", Set.of(BindingHash.of(certificate)));
    Connection another = new Connection("127.0.0.1", Set.of(BindingHash.of(new byte[] {1})));
    assertThat(verify(proof, its)).isInstanceOf(Verification.Verified.class);
    assertThat(verify(proof, another))
        .isEqualTo(new Verification.Refused(RefusalReason.CHANNEL_MISMATCH));
  }

  @ParameterizedTest
  @MethodSource("clients")
  void proof_forAnotherAudience_isRefused(ForeignClient client) throws Exception {
    String proof = run(client, List.of("billing", "eu-west-1", host()));

    assertThat(verify(proof, Connection.withoutTls("127.0.0.1")))
        .isEqualTo(new Verification.Refused(RefusalReason.AUDIENCE_MISMATCH));
  }

  private String host() {
    return emulator.endpoint().getAuthority();
  }

  private Verification verify(String proof, Connection connection) {
    return verifier.verify(proof, connection).toCompletableFuture().join();
  }

  private static Caller fail(RefusalReason reason) {
    throw new AssertionError("not verified: " + reason);
  }

  private String run(ForeignClient client, List<String> arguments) throws Exception {
    Path errors = directory.resolve("errors");
    ProcessBuilder builder =
        new ProcessBuilder(client.command(arguments)).redirectError(errors.toFile());
    builder
        .environment()
        .putAll(
            Map.of(
                "AWS_ACCESS_KEY_ID", checkout.accessKeyId(),
                "AWS_SECRET_ACCESS_KEY", checkout.secretAccessKey(),
                "AWS_SESSION_TOKEN", checkout.sessionToken().orElseThrow()));
    Process process;
    try {
      process = builder.start();
    } catch (IOException e) {
      return abort(
          client.interpreter()
              + " is not installed; on Debian: apt-get install "
              + client.debianPackage());
    }
    String printed = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(errors)).isZero();
    return printed;
  }
}
