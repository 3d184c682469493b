package dev.rolecall.spring;

import dev.rolecall.identity.Partition;
import dev.rolecall.spring.internal.setting.Setting;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The properties {@code rolecall.sts.*}: a custom STS endpoint for both ends of this application,
 * such as a VPC endpoint or an emulator. Its channels sign for it, and its servers accept it in
 * place of AWS's own endpoints. Immutable.
 *
 * <p>A server accepts AWS's endpoints too if {@code rolecall.server.accept-partitions}, {@code
 * accept-regions} or {@code also-accept-regions} names them. A channel that has its own endpoint or
 * Region signs for that.
 *
 * @param endpoint The custom STS endpoint of both ends, as https://host[:port], or http on
 *     loopback. Default: AWS's own endpoints.
 * @param region The Region that its requests are signed for. Default: us-east-1.
 * @param partition The partition its callers are of. Default: aws.
 */
@ConfigurationProperties("rolecall.sts")
public record RolecallStsProperties(
    @Nullable URI endpoint, @Nullable String region, @Nullable Partition partition) {

  /** The endpoint of both ends, if one is set. */
  Optional<CustomSts> custom() {
    Setting name = new Setting("rolecall.sts.endpoint");
    if (endpoint == null && region == null && partition == null) {
      return Optional.empty();
    }
    return Optional.of(CustomSts.of(name, endpoint, region, partition));
  }
}
