package dev.rolecall.client;

import java.util.Map;
import java.util.Optional;

/** Settings that a test makes up. */
final class FakeSettings {

  private FakeSettings() {}

  static StsSettings none() {
    return of(Map.of(), Map.of(), Map.of());
  }

  static StsSettings variables(Map<String, String> variables) {
    return of(Map.of(), variables, Map.of());
  }

  static StsSettings of(
      Map<String, String> properties, Map<String, String> variables, Map<String, String> profile) {
    return new StsSettings(
        new SettingPlaces(
            properties::get, variables::get, key -> Optional.ofNullable(profile.get(key))));
  }
}
