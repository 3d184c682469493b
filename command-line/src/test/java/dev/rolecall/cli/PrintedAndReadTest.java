package dev.rolecall.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rolecall.cli.arguments.ListenAddress;
import dev.rolecall.cli.arguments.ServerAddress;
import dev.rolecall.cli.doctor.DoctorShell;
import dev.rolecall.cli.terminal.ExitStatus;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests of what one command prints and another reads, and of what the AWS CLI prints. */
final class PrintedAndReadTest {

  private static final String ROLE = "arn:aws:iam::111122223333:role/checkout";
  private static final String SESSION = "arn:aws:sts::111122223333:assumed-role/checkout/i-0abc";
  private static final String POLICY = "name: orders\n";

  @TempDir Path directory;
  private DoctorShell shell;
  private final InputStream standardInput = System.in;

  @BeforeEach
  void open() {
    shell = new DoctorShell(directory);
  }

  @AfterEach
  void close() {
    System.setIn(standardInput);
    shell.close();
  }

  private static void type(String text) {
    System.setIn(new ByteArrayInputStream(text.getBytes(UTF_8)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"%s", "Bearer %s", "bearer %s", " Bearer  %s\n", "authorization: Bearer %s"})
  void token_inEachFormOfIt_isVerified(String form) {
    String sts = shell.sts.endpoint().toString();
    String token = CommandRun.of("token", "--audience", "orders", "--sts", sts).out().strip();
    String written = form.formatted(token);

    CommandRun given = CommandRun.of("verify", "--audience", "orders", "--sts", sts, written);
    type(written);
    CommandRun typed = CommandRun.of("verify", "--audience", "orders", "--sts", sts, "-");

    assertThat(given.err()).isEmpty();
    assertThat(given.out()).contains(ROLE);
    assertThat(typed).isEqualTo(given);
  }

  @Test
  void token_asJson_isVerified() {
    String sts = shell.sts.endpoint().toString();
    String json = CommandRun.of("token", "--json", "--audience", "orders", "--sts", sts).out();
    String quoted = json.replaceFirst("^\\{\"proof\":(\"[^\"]*\").*\\R$", "$1");
    assertThat(quoted).startsWith("\"rolecall-v1~").endsWith("\"");

    for (String text :
        List.of(
            json, json.replace(",", ",\n  "), json.replace("{", "{\"a\":{\"proof\":1},"), quoted)) {
      type(text);
      CommandRun typed = CommandRun.of("verify", "--audience", "orders", "--sts", sts, "-");
      CommandRun given = CommandRun.of("verify", "--audience", "orders", "--sts", sts, text);

      assertThat(typed.err()).isEmpty();
      assertThat(typed.out()).contains(ROLE);
      assertThat(given).isEqualTo(typed);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "Bearer", "Bearer ", "{}", "{\"proof\":7}", "{\"proof", "\"\""})
  void whatHoldsNoProof_couldNotTell(String text) {
    type(text);
    CommandRun typed = CommandRun.of("verify", "--audience", "orders", "-");
    CommandRun given = CommandRun.of("verify", "--audience", "orders", text);

    assertThat(typed.err()).contains("expected: a proof").hasLineCount(1);
    assertThat(typed.status()).isEqualTo(ExitStatus.COULD_NOT_TELL);
    assertThat(given.status()).isEqualTo(ExitStatus.COULD_NOT_TELL);
  }

  @ParameterizedTest
  @ValueSource(strings = {"hello", "rolecall-v1", "rolecall-v1~x", "Basic eDp5"})
  void whatIsNoGoodProof_isRefused(String text) {
    type(text);
    CommandRun typed = CommandRun.of("verify", "--audience", "orders", "-");

    assertThat(typed.err()).contains("refused: CREDENTIAL_MALFORMED");
    assertThat(typed.status()).isEqualTo(ExitStatus.NO);
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, 127.0.0.1:50051",
    "0.0.0.0, 0.0.0.0:50051",
    "::1, [::1]:50051",
    "0:0:0:0:0:0:0:1, [::1]:50051",
    "2001:db8::1, [2001:db8:0:0:0:0:0:1]:50051"
  })
  void addressOfAServer_asItIsPrinted_isReadByCallers(String listen, String printed)
      throws Exception {
    assertThat(ServerAddress.text(InetAddress.getByName(listen), 50_051)).isEqualTo(printed);
    assertThat(ServerAddress.parse(printed)).hasToString(printed);
    assertThat(ListenAddress.parse(printed).port()).hasValue(50_051);
    assertThat(ListenAddress.parse(listen).port()).isEmpty();
    assertThat(ListenAddress.parse(printed).address())
        .isEqualTo(ListenAddress.parse(listen).address());
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1:70000", "not an address", "[::1", ""})
  void addressToListenOn_thatIsNone_namesTheRule(String text) {
    if (text.isEmpty()) {
      assertThat(CommandRun.of("serve", "--listen", "--audience", "orders").status()).isEqualTo(2);
      return;
    }
    assertThatThrownBy(() -> ListenAddress.parse(text)).hasMessageContaining("expected: ");
  }

  @Test
  void policyInit_isReadByPolicyCheck_fromAFileAndFromStandardInput() throws Exception {
    try (HostileServer server =
        HostileServer.reflecting(
            request ->
                request.hasListServices()
                    ? HostileServer.service("grpc.health.v1.Health", "h.proto").apply(request)
                    : HostileServer.healthFile())) {
      CommandRun init = CommandRun.of("policy", "init", "--plaintext", server.address());
      assertThat(init.err()).isEmpty();
      Path file = Files.writeString(directory.resolve("orders.yaml"), init.out());

      assertThat(CommandRun.of("policy", "check", file.toString()).status()).isZero();
      type(init.out());
      CommandRun typed = CommandRun.of("policy", "check", "-");
      assertThat(typed.status()).isZero();
      assertThat(typed.out()).contains("standard input: policy services is valid");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/a.B/C", "a.B/C"})
  void method_withAndWithoutItsSlash_isOne(String method) throws Exception {
    String policy = Files.writeString(directory.resolve("orders.yaml"), POLICY).toString();
    String methods = Files.writeString(directory.resolve("methods"), method + "\n").toString();
    String roles = Files.writeString(directory.resolve("roles"), ROLE + "\n").toString();

    CommandRun explain =
        CommandRun.of("policy", "explain", policy, "--role", ROLE, "--method", method);
    CommandRun diff =
        CommandRun.of("policy", "diff", policy, policy, "--roles", roles, "--methods", methods);

    assertThat(explain.out()).contains("denied: ", "/a.B/C");
    assertThat(diff.err()).isEmpty();
    assertThat(diff.status()).isZero();
  }

  @Test
  void sessionsArn_asTheAwsCliPrintsIt_isToldWhatRoleItIs() throws Exception {
    String policy = Files.writeString(directory.resolve("orders.yaml"), POLICY).toString();
    String roles = Files.writeString(directory.resolve("roles"), SESSION + "\n").toString();

    CommandRun explain =
        CommandRun.of("policy", "explain", policy, "--role", SESSION, "--method", "/a.B/C");
    CommandRun diff = CommandRun.of("policy", "diff", policy, policy, "--roles", roles);
    CommandRun token = CommandRun.of("token", "--audience", "orders", "--assume-role", SESSION);
    CommandRun doctor = CommandRun.of("doctor", "--assume-role", SESSION);
    CommandRun call =
        CommandRun.of(
            "call", "--audience", "orders", "--assume-role", SESSION, "127.0.0.1:1", "a.B/C");

    for (CommandRun run : new CommandRun[] {explain, diff, token, doctor, call}) {
      assertThat(run.err()).contains("did you mean " + ROLE + "?");
      assertThat(run.status()).isEqualTo(ExitStatus.COULD_NOT_TELL);
    }
  }
}
