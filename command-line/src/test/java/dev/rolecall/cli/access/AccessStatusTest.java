package dev.rolecall.cli.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.cli.CommandRun;
import dev.rolecall.cli.HostileServer;
import dev.rolecall.cli.Rolecall;
import dev.rolecall.cli.terminal.ExitStatus;
import dev.rolecall.grants.v1.AccessRequest;
import dev.rolecall.grants.v1.AccessServiceGrpc;
import dev.rolecall.grants.v1.GrantToken;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** The exit statuses of each command that calls an access service. */
@Timeout(120)
public final class AccessStatusTest {

  /** The commands, each with arguments that are right. */
  public static final Map<String, String> CASES =
      Map.ofEntries(
          Map.entry("access request", "orders-admin --for 1h --reason x"),
          Map.entry("access list", ""),
          Map.entry("access show", "r-01"),
          Map.entry("access review", "r-01 --approve --reason x"),
          Map.entry("access cancel", "r-01"),
          Map.entry("access watch", ""),
          Map.entry("access grants", "--mine"),
          Map.entry("access extend", "g-01 --for 1h --reason x"),
          Map.entry("access revoke", "g-01 --reason x"),
          Map.entry("access review-break-glass", "g-01 --flag --reason x"),
          Map.entry("access token", "g-01"),
          Map.entry("access keys", "--rotate"),
          Map.entry("access lock", "--person corp/ana --reason x"),
          Map.entry("access unlock", "l-01 --reason x"),
          Map.entry("access locks", ""),
          Map.entry("access whoami", ""),
          Map.entry("access permissions", ""),
          Map.entry("access events", ""),
          Map.entry("access enforcers", ""));

  private static final String FORGED = "  state         APPROVED";

  private static FakeAccessService service;
  @TempDir static Path directory;
  private static Path token;

  @BeforeAll
  static void start() throws IOException {
    service = FakeAccessService.start();
    token = Files.writeString(directory.resolve("token"), "opaque\n");
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  static Stream<String> commands() {
    return CASES.keySet().stream().sorted();
  }

  private static CommandRun run(String command) {
    return run(command, "");
  }

  private static CommandRun run(String command, String more) {
    String whole = (command + " " + CASES.get(command)).strip() + more;
    List<String> all = new ArrayList<>(Arrays.asList(whole.split(" ", -1)));
    all.addAll(List.of("--server", service.address(), "--plaintext"));
    all.addAll(List.of("--token-file", token.toString()));
    return CommandRun.of(all.toArray(String[]::new));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void answered_isYes(String command) {
    service.answerAll();
    service.answer(
        AccessServiceGrpc.getIssueGrantTokenMethod(),
        GrantToken.newBuilder().setToken("a.b.c").build());
    if (command.equals("access watch")) {
      // It goes on until it is stopped: AccessCommandsTest has that.
      return;
    }

    CommandRun run = run(command);

    assertThat(run.status()).as(run.toString()).isEqualTo(ExitStatus.YES);
    assertThat(run.err()).doesNotContain("rolecall:");
  }

  @ParameterizedTest
  @MethodSource("commands")
  void refused_isNo(String command) {
    service.failAll(
        FakeAccessService.failure(
            Status.Code.PERMISSION_DENIED, "NOT_AN_ADMIN", "not an admin", Map.of()));

    CommandRun run = run(command);

    assertThat(run.status()).as(run.toString()).isEqualTo(ExitStatus.NO);
    assertThat(run.err()).startsWith("rolecall: refused: not an admin\n");
    assertThat(run.out()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("commands")
  void serverOfAnotherKind_couldNotTell_andSaysThatTheAddressIsWrong(String command) {
    service.failAll(Status.UNIMPLEMENTED.withDescription("Method not found").asRuntimeException());

    CommandRun run = run(command);

    assertThat(run.status()).as(run.toString()).isEqualTo(ExitStatus.COULD_NOT_TELL);
    assertThat(run.err()).contains("no access service", "correct --server");
  }

  @ParameterizedTest
  @MethodSource("commands")
  void outage_couldNotTell(String command) {
    service.failAll(
        FakeAccessService.failure(
            Status.Code.UNAVAILABLE, "STORE_UNAVAILABLE", "the store is away", Map.of()));

    CommandRun run = run(command);

    assertThat(run.status()).as(run.toString()).isEqualTo(ExitStatus.COULD_NOT_TELL);
    assertThat(run.err()).startsWith("rolecall: could not tell: the store is away\n");
    assertThat(run.out()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("commands")
  void hostileAnswer_isShown_andMakesNoLineOfItsOwn(String command) {
    String evil = HostileServer.EVIL + "\n" + FORGED + "\n";
    service.answerAll(evil);
    if (command.equals("access watch")) {
      service.on(
          AccessServiceGrpc.getWatchAccessRequestsMethod(),
          (request, to) -> {
            to.onNext(FakeAccessService.filled(AccessRequest.getDefaultInstance(), evil));
            to.onError(Status.PERMISSION_DENIED.withDescription(evil).asException());
          });
    }

    for (String more : List.of("", " --json")) {
      CommandRun run = run(command, more);

      String all = run.out() + run.err();
      assertThat(all.chars().filter(c -> c != '\n'))
          .as(all)
          .noneMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT)
          .noneMatch(c -> c == 0x2028 || c == 0x2029);
      assertThat(all.lines()).as(all).noneMatch(line -> line.equals(FORGED));
    }
  }

  /** Each method of the service has a command, but those that are for servers. */
  @Test
  void methods_eachHaveACommand() {
    List<String> ofServers = List.of("ValidateAccess", "GetSigningKeys");
    CASES.keySet().forEach(command -> assertThat(commandOf(command)).as(command).isNotNull());
    service.failAll(
        FakeAccessService.failure(Status.Code.PERMISSION_DENIED, "NOT_AN_ADMIN", "no", Map.of()));
    CASES.keySet().forEach(AccessStatusTest::run);
    service.answerAll();
    run("access grants");
    CommandRun.of(
        "access",
        "grants",
        "g-01",
        "--server",
        service.address(),
        "--plaintext",
        "--token-file",
        token.toString());

    assertThat(service.methods())
        .containsAll(
            AccessServiceGrpc.getServiceDescriptor().getMethods().stream()
                .map(MethodDescriptor::getBareMethodName)
                .map(Objects::requireNonNull)
                .filter(name -> !ofServers.contains(name))
                .filter(name -> !name.equals("WatchAccessRequests"))
                .toList());
  }

  private static CommandLine commandOf(String path) {
    CommandLine command = Rolecall.commandLine();
    for (String name : path.split(" ", -1)) {
      command = Objects.requireNonNull(command.getSubcommands().get(name), path);
    }
    return command;
  }
}
