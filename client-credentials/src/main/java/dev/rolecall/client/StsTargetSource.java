package dev.rolecall.client;

import static java.util.Objects.requireNonNull;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;

/**
 * Says which STS endpoint to sign for: the one named in code, else the Region's of {@link
 * StsSettings}. Without a Region in code it asks the SDK's Region chain. That reads files and may
 * ask the instance metadata service: only ever on an executor that may block. What was found first
 * is kept.
 */
final class StsTargetSource {

  private final Supplier<StsTarget> source;
  private volatile @Nullable StsTarget known;

  private StsTargetSource(Supplier<StsTarget> source) {
    this.source = requireNonNull(source, "source");
  }

  /** Always that one. */
  static StsTargetSource of(StsTarget endpoint) {
    return new StsTargetSource(() -> endpoint);
  }

  /** The endpoint of that Region. */
  static StsTargetSource of(Region region, StsSettings settings) {
    return new StsTargetSource(() -> settings.target(region, true));
  }

  /** The endpoint of the default Region, of the SDK's default chain. */
  static StsTargetSource of(StsSettings settings) {
    // The chain is made anew when it is asked: it remembers a profile file that was not there.
    return of(settings, () -> new DefaultAwsRegionProviderChain().getRegion());
  }

  /** The endpoint of the default Region, of that chain. */
  static StsTargetSource of(StsSettings settings, Supplier<Region> chain) {
    return new StsTargetSource(
        () -> settings.target(settings.defaultRegion().orElseGet(chain), false));
  }

  /**
   * The endpoint. Blocks.
   *
   * @throws ProofUnavailableException if no Region is set, or not a Region, or an endpoint that is
   *     none
   */
  StsTarget get() {
    StsTarget target = known;
    if (target == null) {
      target = found();
      known = target;
    }
    return target;
  }

  private StsTarget found() {
    try {
      return source.get();
    } catch (SdkClientException e) {
      throw ProofFailure.noRegion();
    } catch (IllegalArgumentException e) {
      throw ProofFailure.badRegion(e);
    }
  }
}
