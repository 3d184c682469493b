package dev.rolecall.cli;

import dev.rolecall.testsupport.ServedProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The commands that the help texts tell a user to keep running: an STS emulator, a server for calls
 * with proofs, and an attested server. Each is a process of its own, with one policy. {@link Shell}
 * starts them once for all test classes, since each costs seconds.
 */
public final class RunningCommands implements AutoCloseable {

  /** The role of the attested server. */
  public static final String INVENTORY = "arn:aws:iam::111122223333:role/inventory";

  /** The role of another server. */
  public static final String WAREHOUSE = "arn:aws:iam::111122223333:role/warehouse";

  private static final String ROLES =
      """
      roles:
        - arn: arn:aws:iam::111122223333:role/checkout
        - arn: arn:aws:iam::111122223333:role/reporting
        - arn: %s
        - arn: %s
      webIdentity: ["111122223333"]
      """
          .formatted(INVENTORY, WAREHOUSE);

  private static final String POLICY =
      """
      name: orders
      allow_rules:
        - name: checkout does everything
          source: {principals: ["arn:aws:iam::111122223333:role/checkout"]}
          request: {paths: ["/rolecall.demo.v1.Echo/*"]}
        - name: reporting counts
          source: {principals: ["arn:aws:iam::111122223333:role/reporting"]}
          request: {paths: ["/rolecall.demo.v1.Echo/Count"]}
        - name: the holder of a key asks who it is
          source: {principals: ["key:ci"]}
          request: {paths: ["/rolecall.demo.v1.Echo/WhoAmI"]}
        - name: the account may ask what there is
          source: {principals: ["arn:aws:iam::111122223333:*", "key:ci"]}
          request: {paths: ["/grpc.reflection.v1.ServerReflection/*"]}
      """;

  private final List<ServedProcess> processes = new ArrayList<>();
  private final Path folder;
  private final String key;
  private final String sts;
  private final String server;
  private final String attestedServer;
  private final String attestedRole;

  private RunningCommands() throws IOException {
    this.folder =
        Files.createTempDirectory(Files.createDirectories(Path.of("target", "commands")), "run");
    Files.writeString(file("orders.yaml"), POLICY);
    Files.writeString(file("roles.yaml"), ROLES);
    this.key = newKey();
    this.sts = lastWord(started(emulator()).line());
    // It would refuse everybody, and every test of a call shows that nobody obeys it.
    Path shadow = Files.writeString(file("shadow.yaml"), "name: strict");
    ServedProcess serve =
        started(
            serve(
                sts,
                Map.of(),
                "--write-cert",
                certificate().toString(),
                "--shadow-policy",
                shadow.toString(),
                "--api-keys",
                file("keys.jsonl").toString()));
    ServedProcess attested = started(serve(sts, profile("inventory"), "--attested"));
    this.server = lastWord(serve.line());
    this.attestedServer = lastWord(attested.line());
    this.attestedRole = attested.line();
  }

  /** Starts them, and waits until they serve. */
  public static RunningCommands start() {
    try {
      return new RunningCommands();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private ServedProcess emulator() throws IOException {
    return ServedProcess.start(
        Map.of(),
        "sts",
        "--port",
        "0",
        "--roles",
        file("roles.yaml").toString(),
        "--write-credentials",
        credentials().toString());
  }

  /** One more server of the same audience and policy, which is its starter's to end. */
  ServedProcess serve(String itsSts, Map<String, String> environment, String... security)
      throws IOException {
    List<String> arguments = new ArrayList<>(List.of("serve", "--port", "0"));
    arguments.addAll(List.of("--audience", "orders", "--sts", itsSts));
    arguments.addAll(List.of("--policy", file("orders.yaml").toString()));
    arguments.addAll(List.of(security));
    return ServedProcess.start(environment, arguments.toArray(String[]::new));
  }

  private ServedProcess started(ServedProcess process) {
    processes.add(process);
    return process;
  }

  private Path file(String name) {
    return folder.resolve(name);
  }

  /** The environment of a process that runs as that profile. */
  public Map<String, String> profile(String name) {
    return profile(name, credentials());
  }

  public static Map<String, String> profile(String name, Path credentials) {
    return Map.of("AWS_SHARED_CREDENTIALS_FILE", credentials.toString(), "AWS_PROFILE", name);
  }

  /** What the emulator wrote: profiles named after its roles. */
  Path credentials() {
    return file("credentials");
  }

  /** The certificate of {@link #server}. */
  public Path certificate() {
    return file("orders.pem");
  }

  /** The emulator's URL. */
  public String sts() {
    return sts;
  }

  /** The address of the server for calls with proofs. */
  public String server() {
    return server;
  }

  /** An API key of ci, which {@link #server} accepts. */
  public String key() {
    return key;
  }

  private String newKey() {
    String keys = file("keys.jsonl").toString();
    return CommandRun.of("key", "new", "ci", "--keys", keys, "--expires", "P1D").out().strip();
  }

  /** The address of the attested server. */
  public String attestedServer() {
    return attestedServer;
  }

  /** What the attested server says of its role. */
  String attestedRole() {
    return attestedRole;
  }

  /** What follows the last space. */
  static String lastWord(String line) {
    return line.substring(line.lastIndexOf(' ') + 1);
  }

  @Override
  public void close() {
    processes.forEach(ServedProcess::close);
  }
}
