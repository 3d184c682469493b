package dev.rolecall.tests.docs;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.identity.RefusalReason;
import dev.rolecall.tests.checkout.Checkout;
import io.grpc.Status;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Checks that the names on the pages and in help texts exist: statuses, reasons, metrics, fields of
 * logs and audit records, properties and variables. The names come from the code.
 */
class NamesInDocsTest {

  private static final Pattern WORD = Pattern.compile("\\w+(?:[.-]\\w+)*");
  private static final Pattern UPPER = Pattern.compile("\\b[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+\\b");
  private static final Pattern STATUS = Pattern.compile("`([A-Z]{7,})`");
  private static final Pattern DOTTED =
      Pattern.compile("(?<![\\w./-])rolecall(?:\\.[a-z0-9-]+)+(?![\\w/*])");
  private static final Pattern IN_PROMETHEUS =
      Pattern.compile("\\brolecall(?:_[a-z]+)+\\b(?!\\.(?:py|go))");
  private static final Pattern LABEL = Pattern.compile("`([a-z]+(?:_[a-z]+)+)`");
  private static final Pattern FIELD =
      Pattern.compile(
          "(?<!\\.)\\b(?:unmapped|actor|src_endpoint|api|user)\\.[a-z_.]*?([a-z_]+)\\b(?![.(/])");

  /** How the JDK's settings name a logger's level. */
  private static final String LEVEL = ".level";

  private static final Pattern OF_A_SERVICE = Pattern.compile("ROLECALL_.*_SERVICE_HOST");

  /** Names of others: a JDK's, AWS's, Grafana's, gRPC's, the AWS profile file's, proxies'. */
  private static final Set<String> OF_OTHERS =
      Set.of(
          "BASIC_AUTH",
          "GRPC_STATUS",
          "REJECT_REQUEST",
          "RESPONSE_FLAGS",
          "START_TIME",
          "rolecall_checker",
          "rolecall_keys",
          "NOT_SERVING",
          "allowed_headers",
          "context_extensions",
          "ext_authz",
          "failure_mode_allow",
          "forward_bearer_token",
          "grpc_pass",
          "grpc_read_timeout",
          "http_connection_manager",
          "large_client_header_buffers",
          "max_request_headers_kb",
          "max_requests",
          "proxy_pass",
          "round_robin",
          "status_on_error",
          "tcp_proxy",
          "JAVA_HOME",
          "CAPABILITY_NAMED_IAM",
          "SERVICE_CONTROL_POLICY",
          "GF_AUTH_ANONYMOUS_ENABLED",
          "GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH",
          "role_arn");

  /** Read once: each test below asks for all of them. */
  private static final List<Page> PAGES = Page.all();

  private static final Set<String> WORDS = NamesOfTheCode.words();
  private static final Set<String> METRICS = NamesOfTheCode.metrics();
  private static final Set<String> PROPERTIES = NamesOfTheCode.properties();
  private static final Set<String> SOURCES = wordsIn(NamesOfTheCode.sources());
  private static final Set<String> TESTS = wordsIn(NamesOfTheCode.tests());
  private static final Set<String> FIGURES = wordsIn(Checkout.text("benchmarks/RESULTS.md"));
  private static final Map<RefusalReason, Status> TOLD =
      Stream.of(RefusalReason.values()).collect(Collectors.toMap(reason -> reason, ToldStatus::of));

  /** Some are written as text: there the quotes of a name are escaped. */
  private static final String AUDIT_FIELDS =
      Stream.of("OcsfJson", "TrailEvents", "Trail", "LineForm")
          .map(name -> "access-control/src/main/java/dev/rolecall/access/audit/" + name + ".java")
          .map(Checkout::text)
          .collect(Collectors.joining())
          .replace("\\\"", "\"");

  static List<Page> pages() {
    return PAGES;
  }

  @Test
  void names_areFound() {
    assertThat(pages()).hasSizeGreaterThan(30);
    assertThat(METRICS).hasSizeGreaterThan(10).contains("rolecall.sts.request.duration");
    assertThat(PROPERTIES).hasSizeGreaterThan(20).contains("rolecall.server.audience");
  }

  @ParameterizedTest
  @MethodSource("pages")
  void wordInUpperCase_isAReasonAStatusOrAVariable(Page page) {
    assertThat(page.find(UPPER))
        .as("what %s names", page)
        .allMatch(
            word ->
                WORDS.contains(word)
                    || OF_OTHERS.contains(word)
                    || OF_A_SERVICE.matcher(word).matches()
                    || isSetIn(page, word)
                    || isInTheSources(word));
  }

  /** A variable of the page's own, in a shell or in a file. */
  private static boolean isSetIn(Page page, String variable) {
    return page.text().matches("(?s).*(\\b" + variable + "=|\\$\\{?" + variable + "\\b).*")
        || variable.startsWith("YOUR_");
  }

  @ParameterizedTest
  @MethodSource("pages")
  void longWordInUpperCase_isAStatusOfGrpcOrAName(Page page) {
    assertThat(page.find(STATUS))
        .as("what %s names", page)
        .allMatch(word -> WORDS.contains(word) || SOURCES.contains(word));
  }

  @ParameterizedTest
  @MethodSource("pages")
  void reasonBesideAStatus_hasThatStatus(Page page) {
    for (String line : page.text().lines().toList()) {
      Set<String> words = wordsIn(line);
      Set<RefusalReason> reasons = named(words, RefusalReason.values());
      Set<Status.Code> codes = named(words, Status.Code.values());
      if (codes.size() == 1 && !reasons.isEmpty()) {
        assertThat(reasons)
            .as(page + ": " + line)
            .allMatch(reason -> codes.contains(told(reason).getCode()));
      }
    }
  }

  private static Status told(RefusalReason reason) {
    return requireNonNull(TOLD.get(reason), "status");
  }

  private static <E extends Enum<E>> Set<E> named(Set<String> words, E[] names) {
    return Stream.of(names).filter(each -> words.contains(each.name())).collect(Collectors.toSet());
  }

  @ParameterizedTest
  @EnumSource
  void troubleshooting_hasEachReasonWithItsWordsAndStatus(RefusalReason reason) {
    Status status = told(reason);

    assertThat(status.getDescription()).isEqualTo(reason.statusDescription());
    assertThat(Checkout.text("docs/troubleshooting.md"))
        .contains(
            "\n### " + reason + "\n`" + reason.description() + "` (`" + status.getCode() + "`).");
  }

  @ParameterizedTest
  @MethodSource("pages")
  void dottedName_isAMetricAPropertyOrInTheSources(Page page) {
    assertThat(page.find(DOTTED))
        .as("what %s names", page)
        .allMatch(
            name ->
                METRICS.contains(name)
                    || PROPERTIES.contains(name)
                    || PROPERTIES.stream().anyMatch(each -> each.startsWith(name + "."))
                    || isInTheSources(name));
  }

  /** Those are properties or nothing: tests spell some of them wrong. */
  private static boolean isOfSpring(String name) {
    return name.matches("(?i)rolecall[._](server|client)[._].*");
  }

  /** A property of a build or test, a logger, a package or a file; none that counts something. */
  private static boolean isInTheSources(String name) {
    return name.endsWith(LEVEL)
        ? isInTheSources(name.substring(0, name.length() - LEVEL.length()))
        : isWrittenInTheSources(name);
  }

  private static boolean isWrittenInTheSources(String name) {
    return !isOfSpring(name) && Stream.of(SOURCES, TESTS).anyMatch(words -> words.contains(name));
  }

  @ParameterizedTest
  @MethodSource("pages")
  void nameInPrometheus_isThatOfAMetric(Page page) {
    Set<String> exported =
        METRICS.stream()
            .flatMap(metric -> NamesOfTheCode.inPrometheus(metric).stream())
            .collect(Collectors.toSet());

    assertThat(page.find(IN_PROMETHEUS))
        .as("what %s names", page)
        .allMatch(name -> exported.contains(name) || OF_OTHERS.contains(name));
  }

  @ParameterizedTest
  @MethodSource("pages")
  void label_isInTheSources(Page page) {
    Set<String> reasons =
        Stream.of(RefusalReason.values()).map(RefusalReason::label).collect(Collectors.toSet());

    assertThat(page.find(LABEL))
        .as("what %s names", page)
        .allMatch(
            label ->
                reasons.contains(label)
                    || OF_OTHERS.contains(label)
                    || METRICS.contains(label)
                    || FIGURES.contains(label)
                    || label.startsWith("rolecall_")
                    || SOURCES.contains(label)
                    || SOURCES.contains(label.toUpperCase(Locale.ROOT)));
  }

  @ParameterizedTest
  @MethodSource("pages")
  void auditField_isWritten(Page page) {
    if (page.name().endsWith(".md")) {
      assertThat(page.find(FIELD))
          .as("what %s names", page)
          .allMatch(field -> AUDIT_FIELDS.contains('"' + field + '"'));
    }
  }

  /** Each identifier, each name with dots, and each beginning of such a name. */
  private static Set<String> wordsIn(String text) {
    Set<String> words = new HashSet<>();
    WORD.matcher(text)
        .results()
        .map(MatchResult::group)
        .forEach(
            word -> {
              words.addAll(List.of(word.split("[.-]")));
              for (int dot = word.indexOf('.'); dot > 0; dot = word.indexOf('.', dot + 1)) {
                words.add(word.substring(0, dot));
              }
              words.add(word);
            });
    return words;
  }
}
