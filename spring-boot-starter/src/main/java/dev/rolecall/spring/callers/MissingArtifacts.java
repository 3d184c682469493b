package dev.rolecall.spring.callers;

import static java.util.Objects.requireNonNull;

import dev.rolecall.spring.internal.setting.Setting;
import dev.rolecall.spring.internal.setting.UnreadSettings;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.util.ClassUtils;

/**
 * The check that the application has the artifact of each kind of caller that its properties name,
 * and that of grants. The starter brings none of them: a server of roles alone has no jar more.
 */
public final class MissingArtifacts implements BeanFactoryPostProcessor {

  private static final List<Needed> NEEDED =
      List.of(
          new Needed(
              "rolecall-token-verifier",
              "dev.rolecall.tokens.TokenVerifier",
              List.of("issuers", "web-identity", "token-audiences")),
          new Needed(
              "rolecall-certificate-verifier",
              "dev.rolecall.certificates.CertificateVerifier",
              List.of("client-authorities")),
          new Needed("rolecall-api-keys", "dev.rolecall.apikeys.ApiKeys", List.of("api-keys")),
          new Needed("rolecall-access-grants", "dev.rolecall.grants.GrantFeed", List.of("grants")));

  private final UnreadSettings settings;

  /** A check of that application. */
  public MissingArtifacts(ConfigurableEnvironment environment) {
    this.settings = new UnreadSettings(requireNonNull(environment, "environment"));
  }

  /**
   * Checks the class path.
   *
   * @throws RuntimeException that names the property and the artifact, if one is missing
   */
  @Override
  public void postProcessBeanFactory(ConfigurableListableBeanFactory beans) {
    NEEDED.stream()
        .filter(each -> !ClassUtils.isPresent(each.type, beans.getBeanClassLoader()))
        .forEach(
            each ->
                settings.refuse(
                    each.settings(),
                    each.artifact + " is not on the class path",
                    "dev.rolecall:" + each.artifact + " among the application's dependencies"));
  }

  /**
   * An artifact that properties need.
   *
   * @param artifact its id
   * @param type a class of it
   * @param names the properties
   */
  private record Needed(String artifact, String type, List<String> names) {

    Stream<Setting> settings() {
      return names.stream().map(Setting::ofServer);
    }
  }
}
