package dev.rolecall.tests.policies;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.tests.checkout.Checkout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The policies and tables of cases that the checkout shows are right, to the reader and editors.
 */
class SamplesTest {

  private static final Pattern SCHEMA =
      Pattern.compile("\\A# yaml-language-server: \\$schema=(\\S+)\\n");

  private static final Pattern BLOCK = Pattern.compile("(?m)^```(?:yaml|json)\\n(?s:(.*?))^```$");

  private static final String FOLDER = "docs/samples/organisation/";

  private static final List<Sample> SAMPLES = Sample.all();

  static Stream<Sample> samples() {
    return SAMPLES.stream();
  }

  @Test
  void samples_areFound() {
    assertThat(SAMPLES)
        .extracting(Sample::path)
        .hasSizeGreaterThan(20)
        .contains(
            "docs/samples/orders.yaml",
            "docs/samples/orders.cases.yaml",
            "observability/policy/orders.yaml",
            "spring-sample/src/main/resources/orders-policy.yaml");
  }

  @ParameterizedTest
  @MethodSource("samples")
  void sample_namesItsSchemaInItsFirstLine(Sample sample) {
    Matcher schema = SCHEMA.matcher(sample.text());
    assertThat(schema.find()).as("the first line of %s", sample).isTrue();

    Path folder = Checkout.path(sample.path()).resolveSibling(".");
    assertThat(folder.resolve(schema.group(1)).normalize())
        .isEqualTo(
            Checkout.path(
                "docs/schema/" + (sample.isCases() ? "cases" : "policy") + ".schema.json"))
        .satisfies(file -> assertThat(Files.exists(file)).isTrue());
  }

  @ParameterizedTest
  @MethodSource("samples")
  void sample_isRightToReaderAndSchema(Sample sample) {
    check(sample);
  }

  static Stream<Sample> blocks() {
    return Sample.pages().stream().flatMap(SamplesTest::blocksOf);
  }

  private static Stream<Sample> blocksOf(Sample page) {
    return BLOCK
        .matcher(page.text())
        .results()
        .map(block -> new Sample(page.path(), block.group(1)))
        .filter(block -> block.isPolicy() || block.isCases());
  }

  @Test
  void blocks_areFound() {
    assertThat(blocks()).extracting(Sample::path).contains("README.md", "docs/policy.md");
  }

  @ParameterizedTest
  @MethodSource("blocks")
  void blockOfAPage_isRightToReaderAndSchema(Sample block) {
    check(block);
  }

  private static void check(Sample sample) {
    Judgement judgement =
        sample.isCases() ? Judgement.ofCases(sample.text()) : Judgement.ofPolicy(sample.text());

    assertThat(judgement.complaints()).isEmpty();
    if (!isPartOfAPolicy(sample)) {
      assertThat(judgement.problems()).isEmpty();
    }
  }

  /** Whether it is a file of the folder that is one policy; {@link RecipesTest} reads that. */
  private static boolean isPartOfAPolicy(Sample sample) {
    return SAMPLES.stream()
        .filter(each -> each.path().startsWith(FOLDER) && each.isPolicy())
        .anyMatch(each -> each.text().endsWith(sample.text()));
  }
}
