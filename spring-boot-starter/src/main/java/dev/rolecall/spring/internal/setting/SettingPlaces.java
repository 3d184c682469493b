package dev.rolecall.spring.internal.setting;

import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * The places that an application's properties are set at: a file with line and column, or a source
 * such as the environment.
 *
 * @param environment the application's
 */
record SettingPlaces(ConfigurableEnvironment environment) {

  /** The place of the value in force, of a list its first element's; empty if it is not set. */
  Optional<String> of(String name) {
    return find(name)
        .map(found -> Objects.toString(found.getOrigin(), String.valueOf(found.getSource())));
  }

  /** Whether it, or a property below it, is set. */
  boolean has(String name) {
    return find(name).isPresent();
  }

  private Optional<ConfigurationProperty> find(String name) {
    if (!ConfigurationPropertyName.isValid(name)) {
      return Optional.empty();
    }
    ConfigurationPropertyName wanted = ConfigurationPropertyName.of(name);
    Iterable<ConfigurationPropertySource> sources =
        ConfigurationPropertySources.from(environment.getPropertySources());
    return StreamSupport.stream(sources.spliterator(), false)
        .flatMap(source -> Stream.concat(exactly(source, wanted), below(source, wanted)))
        .findFirst();
  }

  private static Stream<ConfigurationProperty> exactly(
      ConfigurationPropertySource source, ConfigurationPropertyName wanted) {
    return Stream.ofNullable(source.getConfigurationProperty(wanted));
  }

  private static Stream<ConfigurationProperty> below(
      ConfigurationPropertySource source, ConfigurationPropertyName wanted) {
    return source instanceof IterableConfigurationPropertySource all
        ? all.stream().filter(wanted::isAncestorOf).flatMap(name -> exactly(source, name))
        : Stream.empty();
  }
}
