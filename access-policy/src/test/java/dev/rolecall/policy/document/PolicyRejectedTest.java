package dev.rolecall.policy.document;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.rolecall.policy.document.internal.DocumentText;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every way a policy's text can be wrong, with the place and the words that say so. */
@Tag("attack")
final class PolicyRejectedTest {

  private static final String KEYS =
      "name, groups, account_groups, deny_rules, allow_rules, public_methods";
  private static final String ROLE = "arn:aws:iam::111122223333:role/";
  private static final String PATH =
      "/package.Service/Method, or a start of it and one * at the very end";
  private static final String NAME = "1 to 200 printable ASCII characters, first and last no space";

  static Stream<Arguments> structures() {
    return Stream.of(
        arguments("", "1:1: the file is empty (expected: a policy)"),
        arguments("# a comment\n", "1:1: the file is empty (expected: a policy)"),
        arguments("---\n...\n", "2:1: the policy: nothing (expected: a mapping)"),
        arguments("orders", "1:1: the policy: \"orders\" is a string (expected: a mapping)"),
        arguments("- name: x\n", "1:1: the policy: a list (expected: a mapping)"),
        arguments("{}", "1:1: the policy has no \"name\" (expected: a name key)"),
        arguments("\nallow: 1\nname: x\n", "2:1: unknown key \"allow\" (expected: allow_rules)"),
        arguments(
            "name: x\nalow_rules: []\n", "2:1: unknown key \"alow_rules\" (expected: allow_rules)"),
        arguments(
            "name: x\nAllow_Rules: []\n",
            "2:1: unknown key \"Allow_Rules\" (expected: allow_rules)"),
        arguments(
            "name: x\npublic-methods: []\n",
            "2:1: unknown key \"public-methods\" (expected: public_methods)"),
        arguments("name: x\n<<: {}\n", "2:1: unknown key \"<<\" (expected: " + KEYS + ")"),
        arguments(
            "name: x\nname: y\n", "2:1: repeated key \"name\" (expected: once; it is at 1:1 too)"),
        arguments(
            "{\"name\": \"x\", \"name\": \"x\"}",
            "1:15: repeated key \"name\" (expected: once; it is at 1:2 too)"),
        arguments("? [name]\n: x\nname: x\n", "1:3: a key: a list (expected: a string)"),
        arguments(
            "name: x\n---\nname: y\n", "2:1: a second document (expected: one policy in a file)"),
        arguments("name: &n x\n", "1:7: anchor \"&n\" (expected: none)"),
        arguments("&p\nname: x\n", "1:1: anchor \"&p\" (expected: none)"),
        arguments("name: x\ndeny_rules: *r\n", "2:13: alias \"*r\" (expected: the value itself)"),
        arguments("name: !!str x\n", "1:7: tag \"tag:yaml.org,2002:str\" (expected: none)"),
        arguments("name: !x y\n", "1:7: tag \"!x\" (expected: none)"),
        arguments("!p\nname: x\n", "1:1: tag \"!p\" (expected: none)"),
        arguments("name: x\nallow_rules: !l [a]\n", "2:14: tag \"!l\" (expected: none)"),
        arguments("[".repeat(30), "1:11: nested too deep (expected: at most 10 levels)"),
        arguments("- ".repeat(30), "1:21: nested too deep (expected: at most 10 levels)"),
        arguments(
            "name: x\n\tdeny_rules: []\n", "2:1: a tab in the indentation (expected: spaces)"),
        arguments(
            "{\"name\": \"x\"",
            "1:13: not YAML or JSON: expected ',' or '}', but got <stream end>"),
        arguments(
            "{\"name\": \"x\"} {}",
            "1:15: not YAML or JSON: expected '<document start>', but found '{'"),
        arguments("name: \"x\n", "2:1: not YAML or JSON: found unexpected end of stream"),
        arguments("name: x\u0000\n", "1:8: character \"\\u{0}\" (expected: printable characters)"),
        arguments("name: x\r\u001b", "2:1: character \"\\u{1b}\" (expected: printable characters)"),
        arguments(
            "name: x\n\r\u001b", "3:1: character \"\\u{1b}\" (expected: printable characters)"),
        arguments("\ufeff", "1:1: the file is empty (expected: a policy)"),
        arguments("nme: x\n", "1:1: unknown key \"nme\" (expected: name)"),
        arguments("n: x\n", "1:1: unknown key \"n\" (expected: " + KEYS + ")"),
        arguments(
            "name: x\ndeny_rulers: []\n",
            "2:1: unknown key \"deny_rulers\" (expected: deny_rules)"),
        arguments(
            "name: x\n# \ud83d\ude00\r\u001b[2J\n",
            "3:1: character \"\\u{1b}\" (expected: printable characters)"),
        arguments(
            "name: x\r\n# \ud83d\ude00\u001b[2J\n",
            "2:4: character \"\\u{1b}\" (expected: printable characters)"));
  }

  static Stream<Arguments> values() {
    return Stream.of(
        arguments("name:\n", "1:6: name: nothing (expected: a string)"),
        arguments("name: ''\n", "1:7: name: \"\" (expected: " + NAME + ")"),
        arguments(
            "name: 7\n", "1:7: name: \"7\" is a number (expected: a string, in quotes: \"7\")"),
        arguments(
            "name: 0x1F\n",
            "1:7: name: \"0x1F\" is a number (expected: a string, in quotes: \"0x1F\")"),
        arguments(
            "name: 1e3\n",
            "1:7: name: \"1e3\" is a number (expected: a string, in quotes: \"1e3\")"),
        arguments("name: true\n", "1:7: name: \"true\" is true or false (expected: a string)"),
        arguments("name: null\n", "1:7: name: \"null\" is nothing (expected: a string)"),
        arguments("name: [x]\n", "1:7: name: a list (expected: a string)"),
        arguments("name: {x: y}\n", "1:7: name: a mapping (expected: a string)"),
        arguments("name: ' x'\n", "1:7: name: \" x\" (expected: " + NAME + ")"),
        arguments("name: \"x\\ny\"\n", "1:7: name: \"x\\u{a}y\" (expected: " + NAME + ")"),
        arguments("name: caf\u00e9\n", "1:7: name: \"caf\\u{e9}\" (expected: " + NAME + ")"),
        arguments(
            "name: x\nallow_rules: []\n",
            "2:14: allow_rules: an empty list (expected: a list of at least one)"),
        arguments(
            "name: x\ndeny_rules:\n",
            "2:12: deny_rules: nothing (expected: a list of at least one)"),
        arguments(
            "name: x\nallow_rules: {name: y}\n",
            "2:14: allow_rules: a mapping (expected: a list of at least one)"),
        arguments(
            "name: x\npublic_methods: /a.B/C\n",
            "2:17: public_methods: \"/a.B/C\" is a string (expected: a list of at least one, such as [\"/a.B/C\"])"),
        arguments(
            "name: x\npublic_methods: ['/*']\n",
            "2:18: public_methods: \"/*\" (expected: a path that names its service:"
                + " /package.Service/Method or /*)"),
        arguments(
            "name: x\npublic_methods: [/grpc.*]\n",
            "2:18: public_methods: \"/grpc.*\" (expected: a path that names its service:"
                + " /package.Service/Method or /*)"),
        arguments(
            "name: x\nallow_rules: [r]\n",
            "2:15: a rule of allow_rules: \"r\" is a string (expected: a mapping)"));
  }

  static Stream<Arguments> rules() {
    String good = "source: {principals: ['arn:aws:iam::111122223333:*']}";
    return Stream.of(
        rule(
            "{" + good + ", request: {paths: [/a.B/C]}}",
            3,
            "a rule of allow_rules has no \"name\" (expected: a name key)"),
        rule(
            "{name: r, request: {paths: [/a.B/C]}}",
            3,
            "a rule of allow_rules has no \"source\" (expected: a source key)"),
        rule(
            "{name: r, " + good + "}",
            3,
            "a rule of allow_rules has no \"request\" (expected: a request key)"),
        rule(
            "{name: r, " + good + ", request: {}}",
            77,
            "request has no \"paths\" (expected: a paths key)"),
        rule(
            "{name: r, source: {}, request: {paths: [/a.B/C]}}",
            21,
            "source has no \"principals\" (expected: a principals key)"),
        rule(
            "{name: r, source: , request: {paths: [/a.B/C]}}",
            20,
            "source: nothing (expected: a mapping)"),
        rule(
            "{name: r, sources: {}, " + good + ", request: {paths: [/a.B/C]}}",
            13,
            "unknown key \"sources\" (expected: source)"),
        rule(
            "{name: r, principals: [x], " + good + ", request: {paths: [/a.B/C]}}",
            13,
            "unknown key \"principals\" (expected: principals under source)"),
        rule(
            "{name: r, " + good + ", paths: [/a.B/C]}",
            68,
            "unknown key \"paths\" (expected: paths under request)"),
        rule(
            "{name: r, source: {principals: [group: a]}, request: {paths: [/a.B/C]}}",
            35,
            "principals: a mapping (expected: a string, without the space: \"group:a\")"),
        rule(
            "{name: r, when: x, " + good + ", request: {paths: [/a.B/C]}}",
            13,
            "unknown key \"when\" (expected: name, source, request)"),
        rule(
            "{name: r, source: {principal: [x], principals: ['arn:aws:iam::111122223333:*']},"
                + " request: {paths: [/a.B/C]}}",
            22,
            "unknown key \"principal\" (expected: principals)"),
        rule(
            "{name: r, source: {principals: []}, request: {paths: [/a.B/C]}}",
            34,
            "principals: an empty list (expected: a list of at least one)"),
        rule(
            "{name: r, source: {principals: [12]}, request: {paths: [/a.B/C]}}",
            35,
            "principals: \"12\" is a number (expected: a string, in quotes: \"12\")"));
  }

  private static Arguments rule(String rule, int column, String message) {
    return arguments("name: x\nallow_rules:\n- " + rule + "\n", "3:" + column + ": " + message);
  }

  static Stream<Arguments> principals() {
    String prefix = "name: x\nallow_rules:\n- name: r\n  source: {principals: [\"";
    String suffix = "\"]}\n  request: {paths: [/a.B/C]}\n";
    return Stream.of(
            new String[] {
              "*",
              "\"*\" (expected: a pattern of one account: any AWS account can make a valid proof)"
            },
            new String[] {
              "arn:aws:iam::*:role/x",
              "\"arn:aws:iam::*:role/x\" (expected: a pattern of one account: any AWS account can make a"
                  + " valid proof)"
            },
            new String[] {
              "arn:aws:iam::1234:role/x",
              "\"arn:aws:iam::1234:role/x\": account: 1234 (expected: 12 digits)"
            },
            new String[] {
              "arn:aws:iam::111122223333:role/team/x-*",
              "\"arn:aws:iam::111122223333:role/team/x-*\" (expected: a prefix without a path:"
                  + " STS drops paths, so the pattern would mean roles of every path)"
            },
            new String[] {
              "arn:aws:iam::111122223333:user/x",
              "\"arn:aws:iam::111122223333:user/x\": role ARN: arn:aws:iam::111122223333:user/x"
                  + " (expected: arn:{partition}:iam::{account}:role/{name};"
                  + " users, root and assumed-role sessions are not roles)"
            },
            nearest("arn:aws:sts::111122223333:assumed-role/checkout/i-0abc", ROLE + "checkout"),
            nearest("arn:aws:iam::111122223333:assumed-role/checkout", ROLE + "checkout"),
            nearest(
                "arn:aws:sts::111122223333:assumed-role/AWSReservedSSO_Admin_0123456789abcdef/kim",
                "sso:111122223333:Admin"),
            nearest("arn:aws:sts::111122223333:role/checkout", ROLE + "checkout"),
            nearest("arn:aws:iam:111122223333:role/checkout", ROLE + "checkout"),
            nearest("arn:aws:iam:us-east-1:111122223333:role/checkout", ROLE + "checkout"),
            nearest("arn:aws:iam::111122223333:Role/checkout", ROLE + "checkout"),
            nearest("arn:aws:iam::111122223333:roles/checkout", ROLE + "checkout"),
            nearest("arn:aws:iam::111122223333:role/checkout/", ROLE + "checkout"),
            nearest(" arn:aws:iam::111122223333:role/checkout", ROLE + "checkout"),
            nearest("ARN:aws:iam::111122223333:role/checkout", ROLE + "checkout"),
            nearest("arn:aws:iam::111122223333:root", "arn:aws:iam::111122223333:*"),
            nearest("arn:awss:iam::111122223333:role/checkout", ROLE + "checkout"),
            nearest("111122223333", "arn:aws:iam::111122223333:*"),
            nearest("sso:Admin:111122223333", "sso:111122223333:Admin"),
            nearest("groups:writers", "group:writers"),
            nearest("Group: writers", "group:writers"))
        .map(row -> arguments(prefix + row[0] + suffix, "4:25: principals: " + row[1]));
  }

  private static String[] nearest(String written, String expected) {
    return new String[] {written, "\"" + written + "\" (expected: " + expected + ")"};
  }

  static Stream<Arguments> paths() {
    String prefix =
        "name: x\nallow_rules:\n- name: r\n  source: {principals: ['sso:111122223333:Admin']}\n"
            + "  request: {paths: [\"";
    return Stream.of(
            new String[] {"", "a path that starts with /: " + PATH},
            new String[] {"*", "a path that starts with /: " + PATH},
            new String[] {"a.B/C", "/a.B/C"},
            new String[] {" /a.B/C ", "/a.B/C"},
            new String[] {"/", PATH},
            new String[] {"/a.B", "/a.B/*"},
            new String[] {"a.B", "/a.B/*"},
            new String[] {"/a.B/", "/a.B/*"},
            new String[] {"/a.B/C/", "/a.B/C"},
            new String[] {"/a/B/C", "/a.B/C"},
            new String[] {"/a.B/C/*", "/a.B.C/*"},
            new String[] {"//a.B/C", "/a.B/C"},
            new String[] {"//*", PATH},
            new String[] {"/a.B/**", "/a.B/*"},
            new String[] {"/a.B/*C", "no * but a single one at the very end: " + PATH},
            new String[] {"/*/C", "no * but a single one at the very end: " + PATH},
            new String[] {"/a.B/C D", PATH},
            new String[] {"/a.B/" + "c".repeat(996), PATH},
            new String[] {"/a.B/" + "c".repeat(995) + "*", PATH})
        .map(
            row ->
                arguments(
                    prefix + row[0] + "\"]}\n",
                    "5:21: paths: \"" + shown(row[0]) + "\" (expected: " + row[1] + ")"));
  }

  private static String shown(String value) {
    return value.length() > 200 ? value.substring(0, 200) + "..." : value;
  }

  @ParameterizedTest
  @MethodSource({"structures", "values", "rules", "principals", "paths"})
  void read_oneThingWrong_saysWhereAndWhatWouldBeRight(String text, String problem) {
    assertThat(problems(text.getBytes(UTF_8))).contains("orders.yaml:" + problem);
  }

  @Test
  void read_manyThingsWrong_saysThemAllInTheOrderTheyAreWritten() {
    String text =
        """
        name: 7
        allow_rules:
          - name: twice
            source: {principals: ["*"]}
            request: {paths: ["a.B/C", "/a.B/"]}
          - name: twice
            source: {principals: ["sso:1:x"]}
            request: {path: ["/a.B/C"]}
        deny_rules: []
        """;

    assertThat(problems(text.getBytes(UTF_8)))
        .extracting(problem -> problem.replaceAll("orders.yaml:(\\d+:\\d+): .*", "$1"))
        .containsExactly("1:7", "4:27", "5:23", "5:32", "6:11", "7:27", "8:14", "8:15", "9:13");
  }

  @Test
  void read_duplicateRuleNameAcrossTheLists_isRejected() {
    String rule =
        """

          - name: r
            source: {principals: ['sso:111122223333:Admin']}
            request: {paths: [/a.B/C]}
        """;

    assertThat(problems(("name: x\ndeny_rules:" + rule + "allow_rules:" + rule).getBytes(UTF_8)))
        .containsExactly(
            "orders.yaml:7:11: name: \"r\" (expected: a unique name; the rule at 3:11 has it too)");
  }

  @Test
  void read_notUtf8_saysWhere() {
    assertThat(problems("name: x\n# caf\u00e9\n".getBytes(ISO_8859_1)))
        .containsExactly("orders.yaml:2:6: a byte that is not UTF-8 (expected: UTF-8 text)");
    assertThat(problems(new byte[] {'n', (byte) 0xc3})).hasSize(1);
  }

  @Test
  void read_atAndOverTheLargestSize() {
    String policy = "name: x\n#";
    byte[] largest = (policy + "x".repeat((1 << 20) - policy.length())).getBytes(UTF_8);
    byte[] tooLarge = (policy + "x".repeat((1 << 20) - policy.length() + 1)).getBytes(UTF_8);

    assertThat(problems(largest)).isEmpty();
    assertThat(problems(tooLarge))
        .containsExactly(
            "orders.yaml:1:1: the file is too large (expected: at most 1048576 bytes)");
  }

  @Test
  void read_thousandsOfProblems_keepsAHundred() {
    assertThat(problems(("name: x\n" + "x: y\n".repeat(5_000)).getBytes(UTF_8))).hasSize(100);
  }

  @Test
  void load_rejected_throwsWithEveryProblem(@TempDir Path dir) throws IOException {
    Path file = Files.writeString(dir.resolve("p.yaml"), "name: 7\nx: y\n");

    assertThatThrownBy(() -> PolicyDocument.load(file))
        .isInstanceOf(InvalidPolicyException.class)
        .hasMessageContaining("p.yaml:1:7: name: \"7\"")
        .hasMessageContaining("p.yaml:2:1: unknown key \"x\"")
        .extracting(e -> ((InvalidPolicyException) e).problems().size())
        .isEqualTo(2);
  }

  @Test
  void unreadable_noPermission_saysSo(@TempDir Path dir) {
    Path file = dir.resolve("p.yaml");

    assertThat(DocumentText.unreadable("file", file, new AccessDeniedException("p.yaml")))
        .isEqualTo("the file cannot be read: no permission");
  }

  @Test
  void load_noSuchFile_saysSo(@TempDir Path dir) {
    assertThatThrownBy(() -> PolicyDocument.load(dir.resolve("none.yaml")))
        .isInstanceOf(InvalidPolicyException.class)
        .hasMessageEndingWith("none.yaml: the file cannot be read: no such file");
  }

  private static List<String> problems(byte[] content) {
    return PolicyDocument.read("orders.yaml", content)
        .fold(
            loaded -> List.of(),
            rejected -> rejected.problems().stream().map(PolicyProblem::toString).toList());
  }
}
