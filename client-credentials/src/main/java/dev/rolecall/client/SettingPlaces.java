package dev.rolecall.client;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.profiles.Profile;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.profiles.ProfileFileSystemSetting;

/**
 * The places where AWS settings stand, in the SDK's order: system properties, environment, profile.
 *
 * @param property the value of a system property
 * @param variable the value of an environment variable
 * @param profile the value of a key of the profile in use
 */
record SettingPlaces(
    Function<String, @Nullable String> property,
    Function<String, @Nullable String> variable,
    Function<String, Optional<String>> profile) {

  /** The key of the profile's services section that names STS's endpoint. */
  static final String OF_STS = "services: sts.endpoint_url";

  SettingPlaces {
    requireNonNull(property, "property");
    requireNonNull(variable, "variable");
    requireNonNull(profile, "profile");
  }

  static SettingPlaces ofThisProcess() {
    return new SettingPlaces(
        System::getProperty,
        System::getenv,
        key -> inProfile(ProfileFile::defaultProfileFile, key));
  }

  private static Optional<String> inProfile(Supplier<ProfileFile> file, String key) {
    try {
      ProfileFile profiles = file.get();
      Optional<Profile> profile =
          profiles.profile(ProfileFileSystemSetting.AWS_PROFILE.getStringValueOrThrow());
      return key.equals(OF_STS)
          ? profile
              .flatMap(one -> one.property("services"))
              .flatMap(name -> profiles.getSection("services", name))
              .flatMap(services -> services.property("sts.endpoint_url"))
          : profile.flatMap(one -> one.property(key));
    } catch (RuntimeException e) {
      // A file that cannot be read is the credentials chain's to complain about: it needs it more.
      return Optional.empty();
    }
  }

  /** The first there is; a name that is empty has no place there, nor has a value that is blank. */
  Optional<StsSettings.Found> find(String propertyName, String variableName, String profileKey) {
    return found(propertyName, propertyName.isEmpty() ? null : property.apply(propertyName))
        .or(() -> found(variableName, variableName.isEmpty() ? null : variable.apply(variableName)))
        .or(
            () ->
                profileKey.isEmpty()
                    ? Optional.empty()
                    : profile
                        .apply(profileKey)
                        .flatMap(value -> found(profileKey + " in the profile", value)));
  }

  private static Optional<StsSettings.Found> found(String place, @Nullable String value) {
    return value == null || value.isBlank()
        ? Optional.empty()
        : Optional.of(new StsSettings.Found(place, value));
  }
}
