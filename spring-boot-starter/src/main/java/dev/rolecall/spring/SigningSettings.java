package dev.rolecall.spring;

import dev.rolecall.spring.internal.setting.Setting;
import java.net.URI;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.regions.Region;

/**
 * The properties by which one end proves its role: a channel, or a server with attested TLS.
 *
 * @param owner the property that they are below
 * @param assumeRole the role to assume first
 * @param endpoint the end's own custom STS endpoint
 * @param region the end's own Region
 * @param sts the endpoint of both ends
 */
record SigningSettings(
    Setting owner,
    @Nullable String assumeRole,
    @Nullable URI endpoint,
    @Nullable String region,
    RolecallStsProperties sts) {

  /** Sets these options of a builder. */
  void set(
      Consumer<String> assumedRole,
      BiConsumer<URI, Region> customEndpoint,
      Consumer<Region> ownRegion) {
    owner.sub("assume-role").to(assumeRole, assumedRole);
    custom()
        .ifPresentOrElse(
            chosen ->
                chosen
                    .setting()
                    .to(
                        chosen,
                        each -> customEndpoint.accept(each.endpoint(), Region.of(each.region()))),
            () -> owner.sub("region").to(region, chosen -> ownRegion.accept(Region.of(chosen))));
  }

  /** The custom endpoint: the end's own, or else that of both ends unless it has a Region. */
  Optional<CustomSts> custom() {
    if (endpoint != null) {
      return Optional.of(CustomSts.of(owner.sub("endpoint"), endpoint, region, null));
    }
    return region == null ? sts.custom() : Optional.empty();
  }
}
