package dev.rolecall.tests.docs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toUnmodifiableSet;

import dev.rolecall.access.audit.AuditCondition;
import dev.rolecall.identity.RefusalReason;
import dev.rolecall.tests.checkout.Checkout;
import io.grpc.Status;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import software.amazon.awssdk.core.SdkSystemSetting;
import software.amazon.awssdk.utils.SystemSetting;

/** The names that a page may use, from the code that has them. */
final class NamesOfTheCode {

  private static final Pattern INSTRUMENT =
      Pattern.compile(
          "(?:(?:counter|histogram|gauge|upDownCounter)(?:Builder)?|seconds)\\(\\s*\"([^\"]+)\"");
  private static final Pattern PROPERTY = Pattern.compile("\"name\": \"(rolecall[^\"]*)\"");

  private static final String METADATA = "META-INF/spring-configuration-metadata.json";

  private NamesOfTheCode() {}

  /** The text of all main sources, and of what builds them. */
  static String sources() {
    return Stream.concat(
            Checkout.javaFiles("main").stream().map(Checkout::text),
            Stream.of("pom.xml", ".ci/run", "rolecall", "benchmarks/run")
                .filter(NamesOfTheCode::isFile)
                .map(Checkout::text))
        .collect(joining("\n"));
  }

  private static boolean isFile(String path) {
    return Checkout.path(path).toFile().isFile();
  }

  /** The text of the tests, but of those that read the pages. */
  static String tests() {
    Path here = Checkout.path("integration-tests/src/test/java/dev/rolecall/tests/docs");
    return Checkout.javaFiles("test").stream()
        .filter(file -> !file.startsWith(here))
        .map(Checkout::text)
        .collect(joining("\n"));
  }

  /** The instruments of all modules. */
  static Set<String> metrics() {
    return INSTRUMENT
        .matcher(Checkout.javaFiles("main").stream().map(Checkout::text).collect(joining("\n")))
        .results()
        .map(found -> found.group(1))
        .collect(toUnmodifiableSet());
  }

  /** The properties of the Spring starter, with two channels, orders and access. */
  static Set<String> properties() {
    try {
      Stream<String> documented =
          Collections.list(NamesOfTheCode.class.getClassLoader().getResources(METADATA)).stream()
              .map(NamesOfTheCode::text)
              .flatMap(text -> PROPERTY.matcher(text).results())
              .map(found -> found.group(1));
      Stream<String> ofChannels =
          Stream.of("rolecall.client.channels.orders", "rolecall.client.channels.access")
              .flatMap(NamesOfTheCode::propertiesOf);
      return Stream.concat(documented, ofChannels).collect(toUnmodifiableSet());
    } catch (IOException e) {
      throw new AssertionError("the Spring starter is not on the class path", e);
    }
  }

  private static Stream<String> propertiesOf(String channel) {
    return Stream.of(
            SpringProperties.ofSource(channel, "RolecallClientProperties", "ChannelProof"),
            SpringProperties.ofSource(channel + ".sts", "RolecallClientProperties", "OwnSts"),
            SpringProperties.ofSource(
                channel + ".attested-tls", "RolecallClientProperties", "AttestedTls"))
        .flatMap(List::stream)
        .map(SpringProperties.Property::name);
  }

  private static String text(URL file) {
    try (InputStream in = file.openStream()) {
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The words in upper case: reasons, status codes, conditions, and the AWS SDK's variables. */
  static Set<String> words() {
    Stream<String> variables =
        Stream.of(SdkSystemSetting.values()).map(SystemSetting::environmentVariable);
    Stream<String> settings =
        properties().stream()
            .map(name -> name.toUpperCase(Locale.ROOT).replace("-", "").replace('.', '_'));
    return Stream.of(
            names(RefusalReason.values()),
            names(Status.Code.values()),
            names(AuditCondition.values()),
            variables,
            settings)
        .flatMap(each -> each)
        .collect(toUnmodifiableSet());
  }

  private static Stream<String> names(Enum<?>[] values) {
    return Stream.of(values).map(Enum::name);
  }

  /** What Prometheus makes of an instrument; the name alone of a gauge without a unit. */
  static List<String> inPrometheus(String metric) {
    String name = metric.replace('.', '_');
    return Stream.of("", "_total", "_seconds", "_seconds_bucket", "_seconds_count", "_seconds_sum")
        .map(name::concat)
        .toList();
  }
}
