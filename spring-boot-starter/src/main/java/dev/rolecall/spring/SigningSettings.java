package dev.rolecall.spring;

import dev.rolecall.spring.RolecallClientProperties.OwnSts;
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
 * @param own the STS of this end
 * @param sts the endpoint of both ends
 */
record SigningSettings(
    Setting owner, @Nullable String assumeRole, @Nullable OwnSts own, RolecallStsProperties sts) {

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
            () ->
                owner
                    .sub("sts.region")
                    .to(region(), chosen -> ownRegion.accept(Region.of(chosen))));
  }

  /** The custom endpoint: the end's own, or else that of both ends unless it has a Region. */
  Optional<CustomSts> custom() {
    if (own != null && own.endpoint() != null) {
      return Optional.of(
          CustomSts.of(owner.sub("sts.endpoint"), own.endpoint(), own.region(), null));
    }
    return region() == null ? sts.custom() : Optional.empty();
  }

  private @Nullable String region() {
    return own == null ? null : own.region();
  }
}
