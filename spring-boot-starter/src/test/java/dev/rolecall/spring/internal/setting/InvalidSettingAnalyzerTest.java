package dev.rolecall.spring.internal.setting;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.boot.env.PropertiesPropertySourceLoader;
import org.springframework.core.env.Environment;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.springframework.core.io.support.SpringFactoriesLoader.ArgumentResolver;

/** The message of Boot in place of a stack trace. */
class InvalidSettingAnalyzerTest {

  private static final String NAME = "rolecall.server.max-proof-age";

  private final StandardEnvironment environment = new StandardEnvironment();

  private String saidOf(InvalidSettingException failure) {
    FailureAnalyzer analyzer =
        SpringFactoriesLoader.forDefaultResourceLocation()
            // Boot's own need a context.
            .load(
                FailureAnalyzer.class,
                ArgumentResolver.of(Environment.class, environment),
                (type, name, unable) -> {})
            .stream()
            .filter(InvalidSettingAnalyzer.class::isInstance)
            .findFirst()
            .orElseThrow();
    return requireNonNull(analyzer.analyze(new IllegalStateException("of Spring", failure)))
        .getDescription();
  }

  private void addFile(String text) throws Exception {
    List<PropertySource<?>> file =
        new PropertiesPropertySourceLoader()
            .load(
                "file",
                new ByteArrayResource(text.getBytes(StandardCharsets.UTF_8), "orders.properties"));
    file.forEach(environment.getPropertySources()::addFirst);
  }

  private static InvalidSettingException tooOld(String name) {
    return new InvalidSettingException(name, "PT20M (expected: at most PT15M)");
  }

  @Test
  void property_ofAFile_isSaidWithItsLine() throws Exception {
    addFile("rolecall.server.audience=orders\nrolecall.server.maxProofAge=20m\n");

    assertThat(saidOf(tooOld(NAME)))
        .startsWith(NAME + ": PT20M (expected: at most PT15M)")
        .contains("Set by: ", "orders.properties", "2:29");
  }

  @Test
  void listElement_isSaidForTheList() throws Exception {
    addFile("rolecall.server.trust-accounts[0]=1234\n");

    assertThat(saidOf(tooOld("rolecall.server.trust-accounts"))).contains("Set by: ", "1:35");
  }

  @Test
  void variable_isSaidByItsName() {
    environment
        .getPropertySources()
        .addFirst(
            new SystemEnvironmentPropertySource(
                "systemEnvironment", Map.of("ROLECALL_SERVER_MAXPROOFAGE", "20m")));

    assertThat(saidOf(tooOld(NAME))).contains("ROLECALL_SERVER_MAXPROOFAGE", "systemEnvironment");
  }

  @Test
  void property_thatIsNotSet_hasNoPlace() {
    assertThat(saidOf(new InvalidSettingException(NAME, "not set"))).isEqualTo(NAME + ": not set");
  }

  @Test
  void nameOfAChannel_thatBootDoesNotSpellSo_hasNoPlace() {
    assertThat(saidOf(tooOld("rolecall.client.channels.Two Words.audience")))
        .doesNotContain("Set by");
  }
}
