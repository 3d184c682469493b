package dev.rolecall.spring.internal.setting;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.stream.Stream;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * The check that no property is set which nothing reads: a restriction that is written down, and
 * not in force, leaves a server weaker than its operator thinks.
 */
public final class UnreadSettings {

  private final SettingPlaces places;

  /** A check of that application's properties. */
  public UnreadSettings(ConfigurableEnvironment environment) {
    this.places = new SettingPlaces(requireNonNull(environment, "environment"));
  }

  /** The properties that are bound to those records. */
  public static Stream<Setting> of(Class<?>... records) {
    return KnownSettings.of(List.of(records)).settings().stream()
        .map(KnownSettings.Known::property)
        .filter(name -> !name.contains("["))
        .map(Setting::new);
  }

  /** Whether it, or a property below it, is set. */
  public boolean areSet(Setting setting) {
    return places.has(setting.name());
  }

  /**
   * Refuses these properties.
   *
   * @param reason the bean or the property that has them unread
   * @throws InvalidSettingException if one of them is set
   */
  public void refuse(Stream<Setting> settings, String reason) {
    refuse(settings, reason, "not set");
  }

  /**
   * The same, where there is another way to correct it.
   *
   * @throws InvalidSettingException if one of them is set
   */
  public void refuse(Stream<Setting> settings, String reason, String expected) {
    settings
        .map(Setting::name)
        .filter(places::has)
        .findFirst()
        .ifPresent(
            name -> {
              throw new InvalidSettingException(
                  name, "set, but not read: " + reason + " (expected: " + expected + ")");
            });
  }
}
