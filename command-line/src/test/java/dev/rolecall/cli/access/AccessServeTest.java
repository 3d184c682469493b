package dev.rolecall.cli.access;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rolecall.cli.CommandRun;
import dev.rolecall.cli.RunningCommands;
import dev.rolecall.cli.Shell;
import dev.rolecall.cli.terminal.ExitStatus;
import dev.rolecall.stsemulator.EmulatedCredentials;
import dev.rolecall.stsemulator.PermissionSet;
import dev.rolecall.stsemulator.StsEmulator;
import dev.rolecall.testsupport.ServedProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * An access service and a server that follows its grants, each a process as help texts start it.
 */
@Timeout(300)
final class AccessServeTest {

  private static final PermissionSet ENGINEER = PermissionSet.of("111122223333", "Engineer");
  private static final PermissionSet LEAD = PermissionSet.of("111122223333", "Lead");

  private static final String RULES =
      """
      directories:
        - name: corp
          roles:
            - {account: "111122223333", permission_set: Engineer, role_id: %s}
            - {account: "111122223333", permission_set: Lead, role_id: %s}
      rules:
        - permission: orders-admin
          requesters: [{directory: corp, permission_set: Engineer}]
          reviewers: [{directory: corp}]
          max_duration: 4h
      admins: [{role: "arn:aws:iam::111122223333:role/security"}]
      enforcers: ["arn:aws:iam::111122223333:role/orders"]
      """
          .formatted(ENGINEER.roleId(), LEAD.roleId());

  private static final String POLICY =
      """
      name: orders
      allow_rules:
        - name: engineers administer
          source: {principals: ["sso:111122223333:Engineer"], requires_grant: orders-admin}
          request: {paths: ["/rolecall.demo.v1.Echo/*"]}
        - name: all ask what there is
          source: {principals: ["arn:aws:iam::111122223333:*"]}
          request: {paths: ["/grpc.reflection.v1.ServerReflection/*"]}
      """;

  @RegisterExtension static final Shell SHELL = new Shell();

  @TempDir Path directory;
  private final StsEmulator sts = StsEmulator.start();
  private final List<ServedProcess> processes = new ArrayList<>();
  private Path credentials;

  @BeforeEach
  void writeFiles() throws IOException {
    Files.writeString(file("access.yaml"), RULES);
    Files.writeString(file("orders.yaml"), POLICY);
    StringBuilder profiles = new StringBuilder();
    profiles.append(profile("ana", sts.add(ENGINEER.user("ana@example.com"))));
    profiles.append(profile("ben", sts.add(LEAD.user("ben@example.com"))));
    profiles.append(profile("security", sts.addRole("arn:aws:iam::111122223333:role/security")));
    profiles.append(profile("orders", sts.addRole("arn:aws:iam::111122223333:role/orders")));
    credentials = Files.writeString(file("credentials"), profiles);
  }

  private static String profile(String name, EmulatedCredentials credentials) {
    return "[%s]%naws_access_key_id = %s%naws_secret_access_key = %s%naws_session_token = %s%n"
        .formatted(
            name,
            credentials.accessKeyId(),
            credentials.secretAccessKey(),
            credentials.sessionToken().orElseThrow());
  }

  @AfterEach
  void stop() {
    processes.forEach(ServedProcess::close);
    sts.close();
  }

  private Path file(String name) {
    return directory.resolve(name);
  }

  private ServedProcess start(String profile, String... arguments) throws IOException {
    List<String> all = new ArrayList<>(Arrays.asList(arguments));
    all.addAll(List.of("--port", "0", "--sts", sts.endpoint().toString()));
    ServedProcess process =
        ServedProcess.start(
            RunningCommands.profile(profile, credentials), all.toArray(String[]::new));
    processes.add(process);
    return process;
  }

  private CommandRun access(String profile, String server, String command) {
    List<String> all = new ArrayList<>(List.of("access"));
    all.addAll(Arrays.asList(command.split(" ", -1)));
    all.addAll(List.of("--server", server, "--sts", sts.endpoint().toString()));
    all.addAll(List.of("--trust-cert", file("access.pem").toString(), "--json"));
    CommandRun run = SHELL.as(profile, credentials, all.toArray(String[]::new));
    assertThat(run.err()).doesNotContain("a defect");
    return run;
  }

  private static String id(CommandRun run) {
    Matcher id = Pattern.compile("\"id\":\"([^\"]+)\"").matcher(run.out());
    assertThat(id.find()).as(run.toString()).isTrue();
    return id.group(1);
  }

  private CommandRun say(String profile, String server) {
    return SHELL.as(
        profile,
        credentials,
        "call",
        "--audience",
        "orders",
        "--sts",
        sts.endpoint().toString(),
        "--trust-cert",
        file("orders.pem").toString(),
        server,
        "rolecall.demo.v1.Echo/Say");
  }

  @Test
  void grant_isAskedForApprovedUsedAndRevoked_overProcessesAsAUserStartsThem() throws Exception {
    ServedProcess service =
        start(
            "nobody",
            "access",
            "serve",
            "--rules",
            file("access.yaml").toString(),
            "--data",
            file("data").toString(),
            "--token-algorithm",
            "RS256",
            "--rotate-signing-keys-after",
            "7d",
            "--write-cert",
            file("access.pem").toString());
    String first = service.line();
    assertThat(first).startsWith("serving access on 127.0.0.1:");
    String at = first.substring(first.lastIndexOf(' ') + 1);
    ServedProcess orders =
        start(
            "orders",
            "serve",
            "--audience",
            "orders",
            "--policy",
            file("orders.yaml").toString(),
            "--write-cert",
            file("orders.pem").toString(),
            "--grants",
            at,
            "--grants-trust-cert",
            file("access.pem").toString(),
            "--stale",
            "best-effort");
    String line = orders.line();
    String server = line.substring(line.lastIndexOf(' ') + 1);
    await()
        .atMost(60, SECONDS)
        .until(() -> access("security", at, "enforcers").out().contains("\"connected\":true"));

    CommandRun refused = say("ana", server);
    assertThat(refused.status()).isEqualTo(ExitStatus.NO);
    assertThat(refused.err())
        .contains("GRANT_REQUIRED", "needs     a grant of orders-admin")
        .containsOnlyOnce("-> ")
        .contains("rolecall access request orders-admin --server " + at);
    String request = id(access("ana", at, "request orders-admin --for 1h --reason INC-42"));
    CommandRun own = access("ana", at, "review " + request + " --approve --reason me");
    assertThat(own.status()).isEqualTo(ExitStatus.NO);
    assertThat(own.err()).contains("OWN_REQUEST");
    CommandRun approved = access("ben", at, "review " + request + " --approve --reason seen");
    assertThat(approved.out()).contains("\"state\":\"APPROVED\"");
    await().atMost(30, SECONDS).until(() -> say("ana", server).status() == ExitStatus.YES);

    String grant = id(access("ana", at, "grants --mine"));
    assertThat(access("ana", at, "token " + grant).out()).startsWith("{\"token\":\"ey");
    assertThat(access("ben", at, "token " + grant).status()).isEqualTo(ExitStatus.NO);
    assertThat(access("security", at, "keys --rotate").out())
        .contains("\"algorithm\":\"RS256\",\"state\":\"NEXT\"");
    CommandRun revoked = access("ana", at, "revoke " + grant + " --reason done --wait");
    assertThat(revoked.out()).contains("\"state\":\"REVOKED\"");
    await().atMost(30, SECONDS).until(() -> say("ana", server).err().contains("GRANT_REVOKED"));
    assertThat(access("security", at, "events --ref " + grant).out())
        .contains("\"kind\":\"grant.revoked\"", "corp/ana@example.com");
    assertThat(access("ana", at, "events").status()).isEqualTo(ExitStatus.NO);
    assertThat(id(access("ana", at, "grants --state revoked"))).isEqualTo(grant);
    assertThat(access("ana", at, "grants " + grant).out()).contains("\"endedReason\":\"done\"");

    // Stopped as a platform stops it; what it acknowledged is in the folder.
    assertThat(service.terminate()).isEqualTo(143);
    CommandRun backup =
        CommandRun.of(
            "access", "backup", "--data", file("data").toString(), file("backup").toString());
    assertThat(backup.out()).containsPattern("backup: [1-9][0-9]* rows written");
    assertThat(Files.readString(file("backup"))).contains(grant);
    assertThat(access("ana", at, "whoami").status()).isEqualTo(ExitStatus.COULD_NOT_TELL);
  }

  @Test
  void serve_ofRulesWithMistakes_refusesAndSaysWhere() throws IOException {
    Files.writeString(file("access.yaml"), RULES.replace("max_duration", "max_duraton"));

    CommandRun run =
        CommandRun.of(
            "access",
            "serve",
            "--port",
            "0",
            "--rules",
            file("access.yaml").toString(),
            "--data",
            file("data").toString());

    assertThat(run.status()).isEqualTo(ExitStatus.COULD_NOT_TELL);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains("access.yaml:10:5: ", "max_duraton", "max_duration");
    assertThat(file("data")).doesNotExist();
  }

  @Test
  void serve_withContradictoryOptions_saysSo() {
    Map<String, String> complaints =
        Map.of(
            "--data d --database postgresql://h/d", "mutually exclusive",
            "--database mysql://h/d", "--database: ",
            "--plaintext --listen 0.0.0.0", "--listen 0.0.0.0 and --plaintext",
            "--keep-history P1D", "PT24H (expected: PT168H",
            "--token-algorithm PS256", "ES256 or RS256",
            "--rotate-signing-keys-after 1h", "time between rotations: PT1H",
            "--database postgresql://h/d --token-algorithm RS256", "--key-file",
            "--webhook-secret-file f", "--webhook-url-file");

    complaints.forEach(
        (options, complaint) -> {
          List<String> all = new ArrayList<>(List.of("access", "serve", "--port", "0"));
          all.addAll(List.of("--rules", file("access.yaml").toString()));
          all.addAll(Arrays.asList(options.split(" ", -1)));
          CommandRun run = CommandRun.of(all.toArray(String[]::new));
          assertThat(run.status()).isEqualTo(ExitStatus.COULD_NOT_TELL);
          assertThat(run.err()).contains(complaint).doesNotContain("a defect");
        });
  }

  @Test
  void serveGrants_withContradictoryOptions_saysSo() {
    Map<String, String> complaints =
        Map.of(
            "", "requires grants of orders-admin",
            "--stale strict", "only with --grants",
            "--grants access.example:443 --grants-plaintext", "--grants-plaintext: anyone",
            "--grants-expect-server-role r", "only with --grants",
            "--grants h:1 --grants-expect-server-role r", "--grants-expect-server-role: r",
            "--grants h:1 --grants-expect-server-role r --grants-trust-cert f", "one of them",
            "--grants h:1 --grants-expect-server-role r --grants-plaintext", "one of them",
            "--grants access.example", "access.example (expected: HOST:PORT",
            "--grants access.example:443 --stale sometimes", "sometimes");

    complaints.forEach(
        (options, complaint) -> {
          List<String> all = new ArrayList<>(List.of("serve", "--port", "0"));
          all.addAll(List.of("--audience", "orders"));
          all.addAll(List.of("--policy", file("orders.yaml").toString()));
          if (!options.isEmpty()) {
            all.addAll(Arrays.asList(options.split(" ", -1)));
          }
          CommandRun run = CommandRun.of(all.toArray(String[]::new));
          assertThat(run.status()).isEqualTo(ExitStatus.COULD_NOT_TELL);
          assertThat(run.err()).contains(complaint).doesNotContain("a defect");
        });
  }
}
