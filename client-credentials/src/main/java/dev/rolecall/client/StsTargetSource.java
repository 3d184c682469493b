package dev.rolecall.client;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;

/**
 * Says which STS endpoint to sign for. Without one configured it asks the SDK's Region chain, which
 * reads files and may ask the instance metadata service: only ever on an executor that may block.
 * The first Region found is kept.
 */
final class StsTargetSource {

  private final Supplier<Region> regions;
  private volatile @Nullable StsTarget known;

  /** For that endpoint; or, without one, for the Region of the chain. */
  StsTargetSource(Optional<StsTarget> configured, Supplier<Region> regions) {
    this.known = configured.orElse(null);
    this.regions = requireNonNull(regions, "regions");
  }

  /** For that endpoint; or, without one, for the Region of the SDK's default chain. */
  static StsTargetSource of(Optional<StsTarget> configured) {
    // The chain is made anew when it is asked: it remembers a profile file that was not there.
    return new StsTargetSource(configured, () -> new DefaultAwsRegionProviderChain().getRegion());
  }

  /**
   * The endpoint. Blocks.
   *
   * @throws ProofUnavailableException if no Region is set, or not a Region
   */
  StsTarget get() {
    StsTarget target = known;
    if (target == null) {
      target = ofDefaultRegion();
      known = target;
    }
    return target;
  }

  private StsTarget ofDefaultRegion() {
    try {
      return StsTarget.of(regions.get());
    } catch (SdkClientException e) {
      throw ProofFailure.noRegion();
    } catch (IllegalArgumentException e) {
      throw ProofFailure.badRegion(e);
    }
  }
}
