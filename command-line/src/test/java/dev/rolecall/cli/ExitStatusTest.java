package dev.rolecall.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.cli.access.AccessStatusTest;
import dev.rolecall.cli.terminal.ExitStatus;
import dev.rolecall.testsupport.ClosedPort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** Exit statuses: each that a command's help promises comes, in its case and in no other. */
@Timeout(600)
final class ExitStatusTest {

  @RegisterExtension static final Shell SHELL = new Shell();
  @TempDir static Path directory;

  private static final String OPENED = trailLine(1, "trail_opened");
  private static final String CLOSED = trailLine(2, "trail_closed");
  private static final String AUDIT =
      "{\"time\":1795299525123,\"actor\":{\"user\":{\"name\":\"key:ci\"}},"
          + "\"unmapped\":{\"decision\":\"allowed\",\"method\":\"a.B/C\"}}\n";

  private static final String ACCESS =
      """
      rules:
        - permission: orders-admin
          requesters: [{role: "arn:aws:iam::111122223333:role/batch"}]
          reviewers: [{role: "arn:aws:iam::111122223333:role/security"}]
          max_duration: 4h
      admins: [{role: "arn:aws:iam::111122223333:role/security"}]
      enforcers: ["arn:aws:iam::111122223333:role/orders"]
      """;

  private static final String ACCESS_CASES =
      """
      cases:
        - caller: arn:aws:iam::111122223333:role/batch
          permission: orders-admin
          duration: 1h
          expect: accepted
          reviewers: ["arn:aws:iam::111122223333:role/security"]
      """;

  private static final String ROLE = "arn:aws:iam::111122223333:role/checkout";
  private static String keyId = "";

  private static final String RELAY_ROUTES =
      "routes:\n  main: {audience: orders, upstream: \"127.0.0.1:1\"}\n";

  private static final String SAY = "rolecall.demo.v1.Echo/Say";

  /**
   * A command and how it ends. In its arguments, words in braces stand for what is known once the
   * servers run.
   *
   * @param profile whom it runs as
   */
  record Case(int status, String profile, String arguments) {
    @Override
    public String toString() {
      return status + " " + profile + ": " + arguments;
    }
  }

  private static Case yes(String profile, String arguments) {
    return new Case(ExitStatus.YES, profile, arguments);
  }

  private static Case no(String profile, String arguments) {
    return new Case(ExitStatus.NO, profile, arguments);
  }

  private static Case couldNotTell(String profile, String arguments) {
    return new Case(ExitStatus.COULD_NOT_TELL, profile, arguments);
  }

  static Stream<Case> cases() {
    return Stream.of(
            ofProofs(),
            ofKeys(),
            ofExchange(),
            ofServers(),
            ofProxies(),
            ofPolicies(),
            ofAccessRules())
        .flatMap(List::stream);
  }

  private static List<Case> ofProofs() {
    return List.of(
        yes("checkout", "token --audience orders --sts {sts}"),
        couldNotTell("nobody", "token --audience orders --sts {sts}"),
        yes("checkout", "verify --audience orders --sts {sts} {token}"),
        no("checkout", "verify --audience billing --sts {sts} {token}"),
        couldNotTell("checkout", "verify --audience orders --sts http://{closed} {closed-token}"),
        yes("nobody", "doctor --token-file {opaque}"),
        no("nobody", "doctor --token-file {opaque} --server {server} --trust-cert {pem}"),
        couldNotTell("nobody", "doctor --token-file {missing}"),
        yes("checkout", "doctor --sts {sts}"),
        no("nobody", "doctor --sts {sts}"),
        couldNotTell("checkout", "doctor --sts http://{closed}"),
        couldNotTell("checkout", "doctor --sts {sts} --server {closed} --audience orders"),
        couldNotTell(
            "checkout", "doctor --sts {sts} --server orders.invalid:443 --audience orders"));
  }

  private static List<Case> ofKeys() {
    return List.of(
        yes("checkout", "key new other --keys {keys} --expires P1D"),
        no("checkout", "key new ci --keys {keys} --expires P1D"),
        couldNotTell("checkout", "key new ci --keys {empty} --expires P1D"),
        yes("checkout", "key list --keys {keys}"),
        couldNotTell("checkout", "key list --keys {missing}"),
        yes("checkout", "key disable {key} --keys {keys}"),
        no("checkout", "key disable 0123456789Ab --keys {keys}"),
        couldNotTell("checkout", "key disable 0123456789Ab --keys {missing}"),
        yes("checkout", "audit verify {trail}"),
        no("checkout", "audit verify --closed {open-trail}"),
        couldNotTell("checkout", "audit verify {trail} {missing}"),
        couldNotTell("checkout", "audit verify {audit}"));
  }

  private static List<Case> ofExchange() {
    return List.of(
        yes("checkout", "exchange rotate --key-ring {ring}"),
        couldNotTell("checkout", "exchange rotate --key-ring {empty}"),
        couldNotTell(
            "checkout",
            "exchange serve --issuer https://x.example --audience orders --policy {missing}"
                + " --key-ring {empty}"));
  }

  private static List<Case> ofServers() {
    String call = "call --audience orders --sts {sts} --trust-cert {pem} ";
    return List.of(
        yes("checkout", call + "{server} " + SAY),
        no("reporting", call + "{server} " + SAY),
        couldNotTell("nobody", call + "{server} " + SAY),
        couldNotTell("checkout", call + "{closed} " + SAY),
        yes("checkout", "tls inspect --audience orders --sts {sts} {attested}"),
        no("checkout", "tls inspect --audience orders --sts {sts} {server}"),
        couldNotTell("checkout", "tls inspect --audience orders --sts {sts} {closed}"),
        yes("checkout", "policy init --audience orders --sts {sts} --trust-cert {pem} {server}"),
        no("checkout", "policy init --trust-cert {pem} {server}"),
        couldNotTell("checkout", "policy init {closed}"),
        couldNotTell("checkout", "sts --port 0 --roles {missing}"),
        couldNotTell("checkout", "serve --port 0 --audience orders --policy {missing}"),
        couldNotTell("checkout", "demo access --no-such-option"),
        couldNotTell("checkout", "demo relay --no-such-option"),
        yes("checkout", "console --server {server} --no-browser --idle PT0.5S"),
        couldNotTell("checkout", "console --no-browser"));
  }

  private static List<Case> ofProxies() {
    return List.of(
        yes("nobody", "relay --config {relay} --check-config"),
        no("nobody", "relay --config {empty} --check-config"),
        couldNotTell("nobody", "relay --config {missing}"),
        yes("nobody", "envoy-checker --config {checker} --check-config"),
        no("nobody", "envoy-checker --config {empty} --check-config"),
        couldNotTell("nobody", "envoy-checker --config {missing}"));
  }

  private static List<Case> ofPolicies() {
    String explain = " --role " + ROLE + " --method ";
    return List.of(
        yes("checkout", "policy check {policy}"),
        no("checkout", "policy check {empty}"),
        couldNotTell("checkout", "policy check {missing}"),
        yes("checkout", "policy test {policy} {cases}"),
        no("checkout", "policy test {other} {cases}"),
        couldNotTell("checkout", "policy test {policy} {missing}"),
        yes("checkout", "policy explain {policy}" + explain + "/orders.v1.Orders/Get"),
        no("checkout", "policy explain {policy}" + explain + "/a.B/C"),
        couldNotTell("checkout", "policy explain {empty}" + explain + "/a.B/C"),
        yes("checkout", "policy diff {policy} {policy} --roles {roles}"),
        no("checkout", "policy diff {policy} {other} --roles {roles}"),
        couldNotTell("checkout", "policy diff {policy} {missing} --roles {roles}"),
        yes("checkout", "policy suggest --at-least 1 {audit}"),
        no("checkout", "policy suggest {audit}"),
        couldNotTell("checkout", "policy suggest {missing}"),
        couldNotTell("checkout", "policy suggest {other}"));
  }

  private static List<Case> ofAccessRules() {
    return List.of(
        yes("checkout", "access rules check {access}"),
        no("checkout", "access rules check {empty}"),
        couldNotTell("checkout", "access rules check {missing}"),
        yes("checkout", "access rules test {access} {access-cases}"),
        no("checkout", "access rules test {access} {wrong-cases}"),
        couldNotTell("checkout", "access rules test {access} {missing}"),
        yes("checkout", "access backup --data {backed-up} {new}"),
        couldNotTell("checkout", "access backup --data {missing} {new}"),
        couldNotTell("checkout", "access backup --data {backed-up} {empty}"),
        yes("checkout", "access restore --data {data} {backup}"),
        couldNotTell("checkout", "access restore --data {data} {missing}"),
        yes("checkout", "access new-epoch --data {backed-up}"),
        couldNotTell("checkout", "access new-epoch --data {missing}"),
        couldNotTell("checkout", "access serve --port 0 --rules {empty}"),
        couldNotTell("checkout", "access serve --port 0 --rules {access} --database x"));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void command_endsWithTheStatusOfItsCase(Case each) throws IOException {
    Map<String, String> known = known(each);
    String[] arguments =
        Arrays.stream(each.arguments().split(" ", -1))
            .map(
                word -> {
                  String name = word.replaceFirst("^http://", "");
                  return known.containsKey(name) ? word.replace(name, known.get(name)) : word;
                })
            .toArray(String[]::new);

    CommandRun run = SHELL.as(each.profile(), arguments);

    assertThat(run.status()).as("%s%n%s", each, run).isEqualTo(each.status());
    assertThat(run.err()).doesNotContain("a defect");
    assertThat(arguments).noneMatch(word -> word.contains("{"));
  }

  private static Map<String, String> known(Case each) throws IOException {
    RunningCommands running = SHELL.running();
    Path samples = Path.of("..", "docs", "samples");
    String closed = "127.0.0.1:" + ClosedPort.any();
    return Map.ofEntries(
        Map.entry("{sts}", running.sts()),
        Map.entry("{server}", running.server()),
        Map.entry("{attested}", running.attestedServer()),
        Map.entry("{pem}", running.certificate().toString()),
        Map.entry("{closed}", closed),
        Map.entry("{token}", token(each, "{token}", running.sts())),
        Map.entry("{closed-token}", token(each, "{closed-token}", "http://" + closed)),
        Map.entry("{keys}", keys()),
        Map.entry("{key}", keyId),
        Map.entry("{ring}", directory.resolve("ring.json").toString()),
        Map.entry("{relay}", file("relay.yaml", proxy(samples) + RELAY_ROUTES)),
        Map.entry("{checker}", file("checker.yaml", proxy(samples))),
        Map.entry("{policy}", samples.resolve("orders.yaml").toString()),
        Map.entry("{cases}", samples.resolve("orders.cases.yaml").toString()),
        Map.entry("{data}", Files.createTempDirectory(directory, "data").resolve("d").toString()),
        Map.entry("{new}", directory.resolve("new-" + System.nanoTime()).toString()),
        Map.entry("{backup}", backup(each)),
        Map.entry("{backed-up}", directory.resolve("backed-up").toString()),
        Map.entry("{access}", file("access.yaml", ACCESS)),
        Map.entry("{access-cases}", file("access.cases.yaml", ACCESS_CASES)),
        Map.entry("{wrong-cases}", file("wrong.yaml", ACCESS_CASES.replace("1h", "9h"))),
        Map.entry("{missing}", directory.resolve("missing.yaml").toString()),
        Map.entry("{empty}", file("empty.yaml", "{}")),
        Map.entry("{opaque}", file("token", "opaque\n")),
        Map.entry("{other}", file("other.yaml", "name: orders\n")),
        Map.entry("{audit}", file("audit.jsonl", AUDIT)),
        Map.entry("{trail}", file("trail.jsonl", OPENED + CLOSED)),
        Map.entry("{open-trail}", file("open-trail.jsonl", OPENED)),
        Map.entry("{roles}", file("roles.txt", ROLE + "\n")));
  }

  private static String trailLine(int number, String decision) {
    return "{\"metadata\":{\"sequence\":%d},\"unmapped\":{\"decision\":\"%s\",\"trail\":\"0123456789abcdef\"}}\n"
        .formatted(number, decision);
  }

  private static String proxy(Path samples) {
    return "port: 0\nplaintext: true\naudiences:\n  orders: {policy: \"%s\"}\n"
        .formatted(samples.resolve("orders.yaml").toAbsolutePath());
  }

  /** A file in which ci has two keys, and nightly the one that {@link #keyId} names. */
  private static String keys() {
    String file = directory.resolve("keys.jsonl").toString();
    if (keyId.isEmpty()) {
      for (String name : List.of("ci", "ci", "nightly")) {
        keyId =
            CommandRun.of("key", "new", name, "--keys", file, "--expires", "P1D")
                .out()
                .substring(4, 16);
      }
    }
    return file;
  }

  private static String backup(Case each) throws IOException {
    Path file = directory.resolve("access.backup");
    if (each.arguments().contains("{back") && Files.notExists(file)) {
      // A folder for its owner alone, as a store's is.
      Path data = Files.createTempDirectory(directory, "store");
      Files.move(data, directory.resolve("backed-up"));
      CommandRun.of(
          "access", "backup", "--data", directory.resolve("backed-up").toString(), file.toString());
    }
    return file.toString();
  }

  private static String token(Case each, String name, String sts) {
    return each.arguments().contains(name)
        ? SHELL.as("checkout", "token", "--audience", "orders", "--sts", sts).out().strip()
        : "";
  }

  private static String file(String name, String content) throws IOException {
    return Files.writeString(directory.resolve(name), content).toString();
  }

  @Test
  void cases_areOfEveryStatusThatAHelpTextPromises() {
    List<String> missing = new ArrayList<>();
    Map<String, CommandLine> commands = leaves(Rolecall.commandLine(), "");
    // A login needs a person: LoginCommandTest has its cases.
    assertThat(commands.remove("login")).isNotNull();
    // What an access service answers decides the others: AccessStatusTest has their cases.
    assertThat(commands.keySet().removeIf(AccessStatusTest.CASES::containsKey)).isTrue();
    commands.forEach(
        (path, command) ->
            command.getCommandSpec().usageMessage().exitCodeList().keySet().stream()
                .filter(
                    status ->
                        cases()
                            .noneMatch(
                                one ->
                                    one.arguments().startsWith(path + " ")
                                        && status.strip().equals("" + one.status())))
                .forEach(status -> missing.add(path + ": " + status)));

    assertThat(missing).isEmpty();
    assertThat(cases().toList()).doesNotHaveDuplicates();
    assertThat(new TreeSet<>(commands.keySet()))
        .contains("call", "doctor", "policy check", "tls inspect", "verify")
        .allSatisfy(
            path ->
                assertThat(cases())
                    .as(path)
                    .anyMatch(
                        one ->
                            path.equals("generate-completion")
                                || one.arguments().startsWith(path + " ")));
  }

  private static Map<String, CommandLine> leaves(CommandLine command, String path) {
    Map<String, CommandLine> found = new TreeMap<>();
    command
        .getSubcommands()
        .forEach(
            (name, sub) -> {
              String full = path.isEmpty() ? name : path + " " + name;
              if (sub.getSubcommands().isEmpty()) {
                found.put(full, sub);
              } else {
                found.putAll(leaves(sub, full));
              }
            });
    return found;
  }
}
