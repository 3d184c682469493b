package dev.rolecall.cli.doctor;

import static dev.rolecall.cli.doctor.Diagnosis.assertWrong;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import dev.rolecall.cli.CommandRun;
import dev.rolecall.cli.terminal.ExitStatus;
import dev.rolecall.stsemulator.EmulatedPrincipal;
import dev.rolecall.testsupport.ClosedPort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Tests of {@code doctor} on the caller's side; each fault is a real one. */
@Timeout(600)
final class DoctorOfCallersTest {

  @TempDir Path directory;
  private DoctorShell shell;

  @BeforeEach
  void open() {
    shell = new DoctorShell(directory);
  }

  @AfterEach
  void close() {
    shell.close();
  }

  @Test
  void noCredentials_saysWhereRolesComeFrom() {
    shell.use(null);
    System.clearProperty("aws.secretAccessKey");

    assertWrong(shell.doctor(), "credentials", "none, in any place", "set AWS_PROFILE");
  }

  @Test
  void halfOfTheCredentials_namesTheirPlace() {
    shell.use(null);
    System.setProperty("aws.accessKeyId", shell.checkout.accessKeyId());

    assertWrong(
        shell.doctor(),
        "credentials",
        "Java system properties: aws.secretAccessKey not set",
        "session token");
  }

  @Test
  void unknownProfile_isNamed() {
    shell.use(null);
    System.setProperty("aws.profile", "chekout");

    assertWrong(shell.doctor(), "credentials", "no profile 'chekout'", "correct AWS_PROFILE");
  }

  @Test
  void noRegion_saysHowToSetIt() {
    assumeTrue(System.getenv("AWS_REGION") == null, "AWS_REGION is set: unset it for this test");
    CommandRun run = DoctorShell.run(new DoctorCommand(), List.of("--json"));

    assertThat(run.status()).isEqualTo(ExitStatus.NO);
    assertThat(run.out()).contains("\"check\":\"region\",\"verdict\":\"WRONG\"", "AWS_REGION");
  }

  @Test
  void sessionThatIsOver_isSaidToBe() {
    shell.use(
        shell.sts.add(
            EmulatedPrincipal.builder(DoctorShell.CHECKOUT)
                .sessionName("late")
                .expiresAt(Clock.systemUTC().instant().minusSeconds(60))
                .build()));

    assertWrong(shell.doctor(), "identity", "ExpiredToken", "aws sso login");
  }

  @Test
  void wrongSecretKey_isSaidToBe() {
    System.setProperty("aws.secretAccessKey", "A".repeat(40));

    assertWrong(shell.doctor(), "identity", "SignatureDoesNotMatch", "not that of the key id");
  }

  @Test
  void unknownKey_isSaidToBe() {
    System.setProperty("aws.accessKeyId", "ASIAAAAAAAAAAAAAAAAA");

    assertWrong(shell.doctor(), "identity", "InvalidClientTokenId", "no such key");
  }

  @Test
  void user_isNoRole() {
    shell.use(shell.sts.add(EmulatedPrincipal.of("arn:aws:iam::111122223333:user/alice")));

    assertWrong(shell.doctor(), "identity", "user/alice is not a role", "--assume-role");
  }

  @Test
  void clockThatIsAhead_isMeasuredAgainstSts() {
    CommandRun run =
        DoctorShell.run(
            new DoctorCommand(
                DoctorContext.ofThisProcess(
                    Clock.offset(Clock.systemUTC(), Duration.ofMinutes(10)))),
            List.of("--sts", shell.sts.endpoint().toString()));

    // STS says its time to the second, and a busy machine is late to read it.
    assertThat(run.out()).containsPattern("WRONG    clock +(599|6[0-5][0-9]) s ahead of STS's");
    assertThat(run.status()).isEqualTo(ExitStatus.NO);
  }

  @Test
  void stsThatIsAway_isNoFaultOfTheCredentials() throws IOException {
    CommandRun run =
        DoctorShell.run(
            new DoctorCommand(), List.of("--sts", "http://127.0.0.1:" + ClosedPort.any()));

    assertThat(run.out()).contains("UNKNOWN  sts", "no connection", "VPC endpoint");
    assertThat(run.status()).isEqualTo(ExitStatus.COULD_NOT_TELL);
  }

  @Test
  void somethingElseInThePlaceOfSts_isSaidToBe() throws IOException {
    HttpServer portal =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    portal.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          exchange.getResponseBody().write("<html>Sign in</html>".getBytes(UTF_8));
          exchange.close();
        });
    portal.start();

    CommandRun run =
        DoctorShell.run(
            new DoctorCommand(),
            List.of("--sts", "http://127.0.0.1:" + portal.getAddress().getPort()));
    portal.stop(0);

    assertWrong(run, "sts", "HTTP 200 of something that is not STS", "captive portal");
  }
}
