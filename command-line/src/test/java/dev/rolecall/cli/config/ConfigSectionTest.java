package dev.rolecall.cli.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rolecall.cli.failure.CommandFailure;
import dev.rolecall.identity.Audience;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** Sections of a configuration: what they give, and each thing that is wrong by its place. */
final class ConfigSectionTest {

  private static final Path FILE = Path.of("etc", "relay.yaml");

  /** The options of a section in these tests. */
  static final class Choices {
    @Option(names = "--port", defaultValue = "50051", paramLabel = "PORT")
    int port;

    @Option(names = "--check-period", defaultValue = "PT5S", paramLabel = "DURATION")
    Duration period;

    @Option(names = "--policy", paramLabel = "PATH")
    List<Path> policies = List.of();

    @Option(names = "--audience", paramLabel = "NAME")
    @Nullable Audience audience;

    @Option(names = "--client-ca", paramLabel = "ALIAS=FILE")
    List<String> authorities = List.of();

    @Option(names = "--issuer", paramLabel = "ALIAS=URL")
    List<String> issuers = List.of();

    @Option(names = "--strict")
    boolean strict;

    @ArgGroup(exclusive = true)
    @Nullable Way way;
  }

  /** One of two. */
  static final class Way {
    @Option(names = "--plaintext")
    boolean plaintext;

    @Option(names = "--write-cert", paramLabel = "FILE")
    @Nullable Path certificate;
  }

  private static Choices read(String text) {
    return ConfigFile.at(FILE)
        .read(text.getBytes(UTF_8), root -> root.options(new Choices(), "routes", "audiences"));
  }

  @Test
  void options_ofEachKind_haveTheirValues() {
    Choices read =
        read(
            """
            port: 0
            check_period: 90s
            policy: [orders.yaml, /etc/shared.yaml]
            audience: orders
            strict: true
            write_cert: relay.pem
            client_ca: [a=ca.pem, b=/etc/ca.pem, c]
            issuer: corp=https://idp.example
            """);

    assertThat(read.port).isZero();
    assertThat(read.period).isEqualTo(Duration.ofSeconds(90));
    assertThat(read.policies)
        .containsExactly(Path.of("etc", "orders.yaml"), Path.of("/etc/shared.yaml"));
    assertThat(read.audience).isEqualTo(Audience.of("orders"));
    assertThat(read.strict).isTrue();
    assertThat(read.authorities).containsExactly("a=etc/ca.pem", "b=/etc/ca.pem", "c");
    assertThat(read.issuers).containsExactly("corp=https://idp.example");
    assertThat(requireNonNull(read.way).certificate).isEqualTo(Path.of("etc", "relay.pem"));
  }

  @Test
  void options_left_haveTheirDefaults() {
    Choices read = read("strict: false\npolicy: one.yaml");

    assertThat(read.port).isEqualTo(50_051);
    assertThat(read.period).isEqualTo(Duration.ofSeconds(5));
    assertThat(read.policies).containsExactly(Path.of("etc", "one.yaml"));
    assertThat(read.audience).isNull();
    assertThat(read.strict).isFalse();
    assertThat(read.way).isNull();
  }

  @Test
  void options_inJson_areRead() {
    assertThat(read("{\"port\": 7, \"strict\": true}").port).isEqualTo(7);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          port: no                | 1:7: the configuration: invalid value for option 'port': no (expected: a whole number)
          port: [1, 2]            | 1:7: port: a list (expected: one value)
          port: {a: 1}            | 1:7: port: a mapping (expected: a value, PORT)
          port:                   | 1:6: port: nothing (expected: a value, PORT)
          check_period: soon      | 1:15: the configuration: invalid value for option 'check_period': soon (expected: as PT5S or PT1M30S, or short: 5s, 90m, 1h30m, 7d)
          strict: yes             | 1:9: strict: "yes" is a string (expected: true or false)
          strict: 1               | 1:9: strict: "1" is a number (expected: true or false)
          policy: [a.yaml, [b]]   | 1:18: policy: a list (expected: a value, PATH)
          prt: 1                  | 1:1: unknown key "prt" (expected: port)
          check-period: 1s        | 1:1: unknown key "check-period" (expected: check_period)
          help: true              | 1:1: unknown key "help" (expected: routes, audiences, audience, check_period, client_ca, issuer, plaintext, policy, port, strict, write_cert
          [port, 1]               | 1:1: the configuration: a list (expected: a mapping of options)
          {plaintext: true, write_cert: a} | 1:1: the configuration: error: plaintext, write_cert=FILE are mutually exclusive (specify only one)
          """)
  void option_wrong_isToldWithItsPlaceAndTheRightValue(String text, String complaint) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(CommandFailure.class)
        .hasMessageStartingWith(FILE + ":" + complaint.strip());
  }

  @Test
  void option_thatIsRepeated_isToldWithBothPlaces() {
    assertThatThrownBy(() -> read("port: 1\nstrict: true\nport: 2\n"))
        .hasMessage(FILE + ":3:1: repeated key \"port\" (expected: once; it is at 1:1 too)");
  }

  @Test
  void options_severalWrong_areAllTold() {
    assertThatThrownBy(() -> read("port: x\nstrict: perhaps\ncheck_period: y\naudiense: orders\n"))
        .isInstanceOf(CommandFailure.class)
        .satisfies(
            failure ->
                assertThat(String.valueOf(failure.getMessage()).lines())
                    .extracting(line -> line.substring(FILE.toString().length(), line.indexOf(' ')))
                    .containsExactlyInAnyOrder(":1:7:", ":2:9:", ":3:15:", ":4:1:"));
  }

  @Test
  void namedSections_areReadInTheirOrder() {
    Map<String, ConfigSection> sections =
        ConfigFile.at(FILE)
            .read(
                "routes: {b: {port: 1}, a: {port: 2}}".getBytes(UTF_8),
                root -> root.namedSections("routes"));

    assertThat(sections.keySet()).containsExactly("b", "a");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          routes: [a]              | 1:9: routes: a list (expected: a mapping of at least one)
          routes: none             | 1:9: routes: "none" is a string (expected: a mapping of at least one)
          routes: {a: 1}           | 1:13: routes a: "1" is a number (expected: a mapping of options)
          routes: {a: {}, a: {}}   | 1:17: routes: a: repeated
          """)
  void namedSections_wrong_areToldWithTheirPlace(String text, String complaint) {
    assertThatThrownBy(
            () ->
                ConfigFile.at(FILE)
                    .read(text.getBytes(UTF_8), root -> root.namedSections("routes")))
        .isInstanceOf(CommandFailure.class)
        .hasMessage(FILE + ":" + complaint.strip());
  }

  @Test
  void sections_wrongInEach_areToldTogether() {
    assertThatThrownBy(
            () ->
                ConfigFile.at(FILE)
                    .read(
                        "port: x\nroutes:\n  a:\n    port: y\n  b:\n    strikt: true\n"
                            .getBytes(UTF_8),
                        root -> {
                          var unused = root.options(new Choices(), "routes");
                          root.namedSections("routes")
                              .values()
                              .forEach(
                                  section -> {
                                    var ignored = section.options(new Choices());
                                  });
                          return root;
                        }))
        .hasMessageContainingAll(FILE + ":1:7: ", FILE + ":4:11: routes a: ", FILE + ":6:5: ");
  }

  @Test
  void content_isThatOfTheValues_andNotOfTheirPlaces() {
    assertThat(content("port: 1\npolicy: [a, b]\n"))
        .isEqualTo(content("{port: 1, policy: [a, b]}"));
    assertThat(content("policy: [a, b]")).isNotEqualTo(content("policy: [\"a\\nb\"]"));
    assertThat(content("port: 1")).isNotEqualTo(content("port: 2"));
  }

  private static String content(String text) {
    return ConfigFile.at(FILE).read(text.getBytes(UTF_8), ConfigSection::content);
  }

  @Test
  void making_thatFails_namesTheSectionAndTheOptionAsItIsWrittenThere() {
    assertThatThrownBy(
            () ->
                ConfigFile.at(FILE)
                    .read(
                        "routes:\n  main:\n    port: 1\n".getBytes(UTF_8),
                        root -> {
                          ConfigSection main =
                              requireNonNull(root.namedSections("routes").get("main"));
                          var unused = main.options(new Choices());
                          return main.making(
                              () -> {
                                throw new CommandFailure(
                                    "--check-period: too long; see --other-one");
                              });
                        }))
        .hasMessage(FILE + ":3:5: routes main: check_period: too long; see --other-one");
  }
}
