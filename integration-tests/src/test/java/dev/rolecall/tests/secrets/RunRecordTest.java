package dev.rolecall.tests.secrets;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URLEncoder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A record that could not hear, or a search that could not see, would find nothing. */
final class RunRecordTest {

  private static final String SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY0123456789==";

  private final RunRecord record;

  RunRecordTest(@TempDir Path folder) {
    this.record = RunRecord.in(folder);
  }

  @BeforeEach
  void addSecret() {
    record.addSecret("a secret access key", SECRET);
  }

  private List<String> findings() {
    SecretSearch search = new SecretSearch(record.secrets());
    List<String> findings = new ArrayList<>();
    record.forEachSince(0, output -> search.find(output).ifPresent(findings::add));
    return findings;
  }

  private void log(String logger, Runnable logging) {
    LogEar ear = new LogEar(record);
    ear.start();
    try {
      logging.run();
    } finally {
      ear.stop();
    }
    assertThat(findings()).as(logger).hasSize(1);
    assertThat(findings().get(0))
        .contains("a secret access key in log (" + logger + ")")
        .doesNotContain(SECRET);
  }

  @ParameterizedTest
  @ValueSource(strings = {"rolecall.sts", "rolecall.audit", "rolecall.client"})
  void secret_inALogOfRolecallAtAnyLevel_isFoundAndNotShown(String logger) {
    log(logger, () -> Logger.getLogger(logger).log(Level.FINEST, "token {0}", SECRET));
  }

  @Test
  void secret_inAParameterThatNoPlaceholderNames_isFound() {
    log("dev.rolecall", () -> Logger.getLogger("dev.rolecall").log(Level.INFO, "nothing", SECRET));
  }

  @Test
  void secret_inTheCauseOfAnExceptionThatSomebodyElseLogs_isFound() {
    Exception thrown = new IllegalStateException("failed", new IllegalArgumentException(SECRET));
    log(
        "software.amazon.awssdk",
        () -> Logger.getLogger("software.amazon.awssdk").log(Level.INFO, "failed", thrown));
  }

  @Test
  void secret_inWhatAnExceptionSuppressed_isFound() {
    Exception thrown = new IllegalStateException("failed");
    thrown.addSuppressed(new IllegalArgumentException("with " + SECRET));

    record.addThrown("a test", thrown);

    assertThat(findings()).singleElement().asString().contains("in exception (a test)");
  }

  @Test
  void secret_printed_isFoundAndPassedOn() {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PrintStream out =
        StreamEar.on("standard output", new PrintStream(printed, true, UTF_8), record);

    out.print("the key is ");
    out.println(SECRET);

    assertThat(printed.toString(UTF_8)).isEqualTo("the key is " + SECRET + System.lineSeparator());
    assertThat(findings()).singleElement().asString().contains("in stream (standard output)");
  }

  @Test
  void standardStreams_inThisProcess_areHeard() {
    long mark = RunRecord.ofThisRun().mark();
    List<String> heard = new ArrayList<>();

    System.out.println("said on standard output");
    System.err.println("said on standard error");

    RunRecord.ofThisRun().forEachSince(mark, output -> heard.add(output.text()));
    assertThat(heard)
        .contains("said on standard output\n", "said on standard error\n")
        .hasSizeGreaterThanOrEqualTo(2);
  }

  @Test
  void secret_ofOneTestInAnOutputOfAnother_isFound() {
    record.testBegan("the other test");
    record.add(OutputKind.STATUS, "Say", "sorry: " + SECRET);

    assertThat(findings()).singleElement().asString().contains("during the other test");
  }

  @Test
  void secret_learnedAfterItWasWritten_isFound() {
    String later = new StringBuilder(SECRET).reverse().toString();
    record.add(OutputKind.STATUS, "Say", later);
    assertThat(findings()).isEmpty();

    record.addSecret("a session token", later);

    assertThat(findings()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4})
  void secret_insideBase64_isFoundWhereverItBegins(int before) {
    byte[] text = ("x".repeat(before) + SECRET + "after").getBytes(UTF_8);

    record.add(OutputKind.STATUS, "Say", Base64.getEncoder().encodeToString(text));
    record.add(OutputKind.STATUS, "Say", Base64.getUrlEncoder().encodeToString(text));

    assertThat(findings()).hasSize(2).allMatch(finding -> finding.contains("base64"));
  }

  @Test
  void secret_escapedForAUrl_isFound() {
    record.add(OutputKind.SPAN, "GET", "/?token=" + URLEncoder.encode(SECRET, UTF_8) + "&x=y");

    assertThat(findings()).hasSize(1);
  }

  @Test
  void secret_cutShort_isFoundWhileEnoughOfItIsLeft() {
    String most = SECRET.substring(3, 3 + SecretSearch.SURELY);
    record.add(OutputKind.LOG, "cut", "..." + most);
    assertThat(findings()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "token IQoJb3JpZ2luX2VjKq1pXoG9aB3dE5fH7jK9mN1pQ3rS5tU7vW9xY1zA3bC5dE7fG9hI1jK3",
        "/?X-Amz-Signature=25afe0d4a5bf27bdb233fdfb6039a36e9255d301041aafaae05d18403df8f11d&a=b",
        "rolecall-v1~sts.eu-west-1.amazonaws.com~ASIAIOSFODNN7EXAMPLE~20261121T221845Z~900~orders"
            + "~bearer~25afe0d4a5bf27bdb233fdfb6039a36e9255d301041aafaae05d18403df8f11d~"
      })
  void secretThatNobodyToldOf_isFoundByItsShape(String text) {
    record.add(OutputKind.REPORT, "TEST-Some.xml", "<failure>" + text + "</failure>");

    assertThat(findings()).singleElement().asString().contains("what looks like");
  }

  @Test
  void output_withoutASecret_isNotFound() {
    record.add(OutputKind.LOG, "dev.rolecall", "all is well");
    record.add(OutputKind.OBJECT, "a proof", "rolecall-v1~sts.amazonaws.com~ASIA~****");
    record.add(OutputKind.OBJECT, "a certificate", "fe".repeat(200));

    assertThat(findings()).isEmpty();
  }
}
