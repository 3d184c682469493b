package dev.rolecall.policy.document;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rolecall.policy.AccessPolicy;
import dev.rolecall.policy.MethodPath;
import dev.rolecall.policy.PolicyRule;
import dev.rolecall.testsupport.ManualScheduler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One policy of several files. */
@Tag("attack")
final class PolicyFolderTest {

  private static final String GROUPS =
      """
      name: org
      groups:
        writers: ["arn:aws:iam::{prod}:role/checkout"]
      """;

  private static final String ACCOUNTS =
      """
      name: org
      account_groups: {prod: ["111122223333"]}
      """;

  private static final String ORDERS =
      """
      name: orders
      deny_rules:
        - {name: frozen, source: {principals: ["key:old"]}, request: {paths: [/orders.v1.Orders/*]}}
      allow_rules:
        - {name: writes, source: {principals: ["group:writers"]}, request: {paths: [/orders.v1.Orders/*]}}
      public_methods: [/grpc.health.v1.Health/*]
      """;

  private static final String STOCK =
      """
      name: stock
      deny_rules:
        - {name: no stock, source: {principals: ["key:old"]}, request: {paths: [/stock.v1.Stock/*]}}
      allow_rules:
        - {name: reads, source: {principals: ["group:writers"]}, request: {paths: [/stock.v1.Stock/Get]}}
      """;

  @TempDir private Path dir;

  private final ManualScheduler scheduler = new ManualScheduler();

  @AfterEach
  void nothingIsLeftRunning() {
    assertThat(scheduler.periods()).isEmpty();
  }

  @Test
  void load_folder_mergesItsFilesInTheOrderOfTheirNames() throws IOException {
    write("b-orders.yaml", ORDERS);
    write("a-stock.yml", STOCK);
    write("z-groups.yaml", GROUPS);
    write(
        "y-accounts.json",
        "{\"name\": \"org\", \"account_groups\": {\"prod\": [\"111122223333\"]}}");

    AccessPolicy policy = PolicyDocument.load(dir);

    assertThat(policy.name()).isEqualTo("stock+orders+org");
    assertThat(policy.rules())
        .extracting(rule -> rule.name().value())
        .containsExactly("no stock", "frozen", "reads", "writes");
    assertThat(policy.rules().stream().map(PolicyRule::at).map(at -> at.orElseThrow().toString()))
        .containsExactly(
            dir.resolve("a-stock.yml") + ":3:5",
            dir.resolve("b-orders.yaml") + ":3:5",
            dir.resolve("a-stock.yml") + ":5:5",
            dir.resolve("b-orders.yaml") + ":5:5");
    assertThat(policy.isPublic(MethodPath.parse("/grpc.health.v1.Health/Check"))).isTrue();
    assertThat(policy.rules().get(3).principals().get(0).patterns())
        .extracting(Object::toString)
        .containsExactly("arn:aws:iam::111122223333:role/checkout");
  }

  @Test
  void load_folder_leavesOutWhatIsNoPolicyByItsName() throws IOException {
    write("orders.yaml", "name: orders\n");
    for (String name :
        List.of(
            ".hidden.yaml",
            "..data.yaml",
            "orders.cases.yaml",
            "orders.cases.yml",
            "orders.cases.json",
            "orders.yaml.swp",
            "orders.YAML",
            "README.md")) {
      write(name, "no policy");
    }
    write(Files.createDirectory(dir.resolve("more.yaml")).resolve("x.yaml"), "no policy");

    assertThat(PolicyDocument.load(dir).name()).isEqualTo("orders");
  }

  @Test
  void load_severalPaths_isOnePolicyInTheirOrder() throws IOException {
    Path folder = Files.createDirectory(dir.resolve("shared"));
    write(folder.resolve("groups.yaml"), GROUPS);
    write(folder.resolve("accounts.yaml"), ACCOUNTS);
    Path orders = write("orders.yaml", ORDERS);
    Path stock = write("stock.yaml", STOCK);

    AccessPolicy policy = PolicyDocument.load(stock, folder, orders, stock);

    assertThat(policy.name()).isEqualTo("stock+org+orders");
    assertThat(policy.rules())
        .extracting(rule -> rule.name().value())
        .containsExactly("no stock", "frozen", "reads", "writes");
  }

  @Test
  void load_aFileWhoseGroupsAreInAnother_isAProblemByItself() throws IOException {
    Path orders = write("orders.yaml", ORDERS);

    assertThat(problems(orders))
        .containsExactly(
            orders
                + ":5:42: principals: \"group:writers\" (expected: one of the policy's groups; it"
                + " has none)");
  }

  @Test
  void load_namesThatTwoFilesHave_namesBothPlaces() throws IOException {
    Path a =
        write(
            "a.yaml",
            """
            name: a
            groups: {g: ["key:ci"]}
            account_groups: {p: ["111122223333"]}
            allow_rules:
              - {name: r, source: {principals: ["group:g"]}, request: {paths: [/a.B/C]}}
            """);
    Path b = dir.resolve("b.yaml");
    Files.copy(a, b);

    assertThat(problems(dir))
        .containsExactly(
            b
                + ":2:10: group \"g\" (expected: a unique name; the group at "
                + a
                + ":2:10 has it too)",
            b
                + ":3:18: account group \"p\" (expected: a unique name; the account group at "
                + a
                + ":3:18 has it too)",
            b
                + ":5:12: name: \"r\" (expected: a unique name; the rule at "
                + a
                + ":5:12 has it too)");
  }

  @ParameterizedTest
  @CsvSource({
    "'  writers', ' - writers'",
    "'groups:', 'grups:'",
    "'writers', 'Writers'",
    "'[\"', '[[\"'",
    "'arn:aws:iam', 'arn:aws:sts'"
  })
  void load_oneBadFile_isNoPolicyAndSaysOnlyWhatIsWrongThere(String right, String wrong)
      throws IOException {
    write("orders.yaml", ORDERS);
    write("accounts.yaml", ACCOUNTS);
    Path groups = write("groups.yaml", GROUPS.replace(right, wrong));

    assertThat(problems(dir)).singleElement().asString().startsWith(groups + ":");
  }

  @Test
  void load_linkToNoFile_isAProblem() throws IOException {
    write("orders.yaml", "name: orders\n");
    Path link = Files.createSymbolicLink(dir.resolve("deny.yaml"), dir.resolve("gone"));

    assertThat(problems(dir)).containsExactly(link + ": the file cannot be read: no such file");
  }

  @Test
  void load_folderWithoutAPolicy_isAProblem() throws IOException {
    write("orders.cases.yaml", "cases: []");

    assertThat(problems(dir))
        .containsExactly(
            dir
                + ": no policy in the folder (expected: a file whose name ends in .yaml, .yml or"
                + " .json; those that end in .cases.yaml and the like are tables of cases)");
    assertThat(problems(write("orders.yaml", "name: x"), Files.createDirectory(dir.resolve("d"))))
        .singleElement()
        .asString()
        .contains("no policy in the folder");
  }

  @Test
  void load_fileWithoutAName_isAProblem() throws IOException {
    write("a.yaml", "name: a\n");
    Path groups = write("b.yaml", "groups: {g: ['key:ci']}\n");

    assertThat(problems(dir))
        .containsExactly(groups + ":1:1: the policy has no \"name\" (expected: a name key)");
  }

  @Test
  void load_atAndOverTheMostFiles() throws IOException {
    for (int i = 0; i < 1_000; i++) {
      write(
          "p%04d.yaml".formatted(i), "name: a policy with a name of some length, as names go " + i);
    }
    assertThat(PolicyDocument.load(dir).name()).hasSize(200).doesNotEndWith(" ");

    write("p1000.yaml", "name: x");
    assertThat(problems(dir))
        .containsExactly(dir + ": more than 1000 files (expected: at most 1000)");
  }

  @Test
  void read_texts_areOnePolicyInTheirOrder() {
    Map<String, byte[]> texts = new LinkedHashMap<>();
    texts.put("s3://b", "name: second\n".getBytes(UTF_8));
    texts.put("s3://a", "name: first\n".getBytes(UTF_8));

    assertThat(
            PolicyDocument.read(texts)
                .<String>fold(loaded -> loaded.policy().name(), rejected -> "rejected"))
        .isEqualTo("second+first");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PolicyDocument.read(Map.of()))
        .withMessage("texts: none (expected: at least one)");
  }

  @Test
  void follow_folderWithoutAPolicy_throwsAndSchedulesNothing() {
    assertThatThrownBy(() -> PolicyFile.builder(dir).executor(scheduler).follow())
        .isInstanceOf(InvalidPolicyException.class)
        .hasMessageContaining("no policy in the folder");
  }

  @Test
  void tick_fileAddedAndRemoved_isTakenUpWhenTwoChecksAgree() throws IOException {
    write("a.yaml", "name: a\n");
    try (PolicyFile policy = open(dir)) {
      Path b = write("b.yaml", "name: b\n");
      scheduler.tick();
      assertThat(policy.current().name()).isEqualTo("a");
      scheduler.tick();
      assertThat(policy.current().name()).isEqualTo("a+b");

      Files.delete(b);
      scheduler.tick();
      assertThat(policy.current().name()).isEqualTo("a+b");
      scheduler.tick();
      assertThat(policy.current().name()).isEqualTo("a");
    }
  }

  @Test
  void tick_fileRenamed_isAChangeOfPlaces() throws IOException {
    Path orders = write("a.yaml", "name: a\npublic_methods: [/a.B/C]\n");
    try (PolicyFile policy = open(dir)) {
      Files.move(orders, dir.resolve("b.yaml"));
      scheduler.tick();
      scheduler.tick();

      assertThat(policy.current().publicMethods().get(0).at().orElseThrow().source())
          .isEqualTo(dir.resolve("b.yaml").toString());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.yaml", "b.yaml"})
  void tick_folderHalfWritten_isNeverInForce(String last) throws IOException {
    write("a.yaml", "name: a\npublic_methods: [/a.B/Old]\n");
    write("b.yaml", "name: b\n");
    try (PolicyFile policy = open(dir)) {
      // The method moves from one file to the other, one file at a time.
      List<Runnable> writes =
          List.of(
              () -> write("a.yaml", "name: a\n"),
              () -> write("b.yaml", "name: b\npublic_methods: [/a.B/Old, /a.B/New]\n"));
      int first = last.equals("a.yaml") ? 1 : 0;
      writes.get(first).run();
      scheduler.tick();
      writes.get(1 - first).run();
      scheduler.tick();
      assertThat(policy.current().publicMethods()).hasSize(1);
      assertThat(policy.current().isPublic(MethodPath.parse("/a.B/Old"))).isTrue();

      scheduler.tick();

      assertThat(policy.current().publicMethods()).hasSize(2);
    }
  }

  @Test
  void tick_oneFileBroken_keepsTheWholeLastPolicy() throws IOException {
    write("a.yaml", "name: a\n");
    write("b.yaml", "name: b\n");
    try (PolicyFile policy = open(dir)) {
      AccessPolicy before = policy.current();
      write("a.yaml", "name: new\n");
      write("b.yaml", "name: [");
      scheduler.tick();
      scheduler.tick();
      assertThat(policy.current()).isSameAs(before);

      write("b.yaml", "name: good\n");
      scheduler.tick();
      scheduler.tick();
      assertThat(policy.current().name()).isEqualTo("new+good");
    }
  }

  @Test
  void tick_configMapMount_isFollowed() throws IOException {
    // As kubelet does it: a.yaml -> ..data/a.yaml, ..data -> ..2026_1, and ..data is swapped.
    Path first = Files.createDirectory(dir.resolve("..2026_1"));
    write(first.resolve("a.yaml"), "name: a1\n");
    write(first.resolve("b.yaml"), "name: b1\n");
    Path data = Files.createSymbolicLink(dir.resolve("..data"), Path.of("..2026_1"));
    Files.createSymbolicLink(dir.resolve("a.yaml"), Path.of("..data/a.yaml"));
    Path linkB = Files.createSymbolicLink(dir.resolve("b.yaml"), Path.of("..data/b.yaml"));
    try (PolicyFile policy = open(dir)) {
      assertThat(policy.current().name()).isEqualTo("a1+b1");

      Path second = Files.createDirectory(dir.resolve("..2026_2"));
      write(second.resolve("a.yaml"), "name: a2\n");
      write(second.resolve("c.yaml"), "name: c2\n");
      Path swap = Files.createSymbolicLink(dir.resolve("..data_tmp"), Path.of("..2026_2"));
      Files.move(swap, data, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      scheduler.tick();
      // The link of a key that is gone, and that of a new one, come after the swap.
      Files.createSymbolicLink(dir.resolve("c.yaml"), Path.of("..data/c.yaml"));
      Files.delete(linkB);
      scheduler.tick();
      assertThat(policy.current().name()).isEqualTo("a1+b1");

      scheduler.tick();
      assertThat(policy.current().name()).isEqualTo("a2+c2");
    }
  }

  @Test
  void reloadNow_folder_takesUpAtOnce() throws IOException {
    write("a.yaml", "name: a\n");
    Path other = write(Files.createDirectory(dir.resolve("more")).resolve("x.yaml"), "name: x\n");
    try (PolicyFile policy = open(dir, other)) {
      assertThat(policy.current().name()).isEqualTo("a+x");
      assertThat(policy.reloadNow().label()).isEqualTo("unchanged");
      write("b.yaml", "name: b\n");
      assertThat(policy.reloadNow().label()).isEqualTo("reloaded");
      assertThat(policy.current().name()).isEqualTo("a+b+x");
    }
  }

  private PolicyFile open(Path path, Path... more) {
    return PolicyFile.builder(path, more).executor(scheduler).follow();
  }

  private Path write(String name, String text) {
    return write(dir.resolve(name), text);
  }

  private static Path write(Path file, String text) {
    try {
      return Files.writeString(file, text);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static List<String> problems(Path path, Path... more) {
    return PolicyDocument.read(path, more)
        .fold(
            loaded -> List.of(),
            rejected -> rejected.problems().stream().map(PolicyProblem::toString).toList());
  }
}
