package dev.rolecall.spring;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.annotation.ImportCandidates;

/** The files by which Boot and an IDE find the starter. */
class StarterFilesTest {

  private static final String METADATA = text("META-INF/spring-configuration-metadata.json");

  private static String text(String file) {
    try (InputStream in =
        requireNonNull(StarterFilesTest.class.getClassLoader().getResourceAsStream(file), file)) {
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new AssertionError(file, e);
    }
  }

  static Stream<String> serverProperties() {
    return Stream.of(
            RolecallServerProperties.class,
            RolecallServerProperties.AcceptedProofs.class,
            RolecallServerProperties.StsEndpoints.class)
        .flatMap(record -> Arrays.stream(record.getRecordComponents()))
        .map(RecordComponent::getName)
        .map(name -> name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT))
        .filter(name -> !name.equals("audit"))
        .map(name -> "rolecall.server." + name);
  }

  @ParameterizedTest
  @MethodSource("serverProperties")
  @ValueSource(
      strings = {
        "rolecall.client.channels",
        "rolecall.sts.endpoint",
        "rolecall.server.audit.condition",
        "rolecall.server.attested-tls.enabled"
      })
  void property_isCompletedByIdes_withItsDescription(String name) {
    assertThat(METADATA)
        .containsPattern(
            "\"name\": \""
                + Pattern.quote(name)
                + "\",\\s+\"type\": \"[^\"]+\",\\s+\"description\": \"[A-Z]");
  }

  @Test
  void autoConfigurations_areAllImported() {
    assertThat(ImportCandidates.load(AutoConfiguration.class, null))
        .contains(
            RolecallAttestedServerAutoConfiguration.class.getName(),
            RolecallClientAutoConfiguration.class.getName(),
            RolecallSecurityAutoConfiguration.class.getName(),
            RolecallServerAutoConfiguration.class.getName());
  }
}
