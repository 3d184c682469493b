package dev.rolecall.spring;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.Partition;
import dev.rolecall.spring.internal.setting.Setting;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A custom STS endpoint that a property names.
 *
 * @param setting the property of its URL
 * @param endpoint its URL
 * @param region the Region its requests are signed for
 * @param partition the partition its callers are of
 */
record CustomSts(Setting setting, URI endpoint, String region, Partition partition) {

  private static final String DEFAULT_REGION = "us-east-1";

  CustomSts {
    requireNonNull(setting, "setting");
    requireNonNull(endpoint, "endpoint");
    requireNonNull(region, "region");
    requireNonNull(partition, "partition");
  }

  /** The endpoint with its defaults. The URL must be set. */
  static CustomSts of(
      Setting setting,
      @Nullable URI endpoint,
      @Nullable String region,
      @Nullable Partition partition) {
    return new CustomSts(
        setting,
        setting.required(endpoint, "https://host[:port]"),
        Optional.ofNullable(region).orElse(DEFAULT_REGION),
        Optional.ofNullable(partition).orElse(Partition.AWS));
  }
}
