package dev.rolecall.cli.doctor;

import dev.rolecall.cli.options.StsChoice;
import dev.rolecall.cli.terminal.Visible;
import dev.rolecall.client.ProofUnavailableException;
import dev.rolecall.client.StsSettings;
import dev.rolecall.identity.Audience;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import software.amazon.awssdk.regions.Region;

/** A check of the options and settings that name the Region and the STS to sign for. */
final class TargetCheck {

  private static final Pattern REGION = Pattern.compile("[a-z]{2,8}(-[a-z]{2,16}){1,3}-[0-9]{1,2}");
  private static final String SETTINGS = "settings";

  private final StsSettings settings = StsSettings.ofThisProcess();
  private final StsChoice sts;
  private final Audience audience;
  private final Consumer<Finding> report;

  /**
   * A Region and an STS that are to be signed for.
   *
   * @param region the Region
   * @param endpoint the address of the STS
   * @param sts the same as a choice of options, for clients and verifiers
   */
  record Target(Region region, URI endpoint, StsChoice sts) {}

  /**
   * Checks that choice.
   *
   * @param report takes what is found, as it is found
   */
  TargetCheck(StsChoice sts, Audience audience, Consumer<Finding> report) {
    this.sts = sts;
    this.audience = audience;
    this.report = report;
  }

  /** The target; empty, and reported, where there is none. */
  Optional<Target> target() {
    return region().flatMap(this::target);
  }

  private Optional<Region> region() {
    Optional<String> given = sts.custom().map(StsChoice.CustomEndpoint::region).or(sts::region);
    Optional<Region> region = given.map(Region::of).or(settings::region);
    if (region.isEmpty()) {
      report.accept(
          Finding.wrong(
              "region",
              "none, in any place of the AWS SDK's default chain",
              "set AWS_REGION or AWS_DEFAULT_REGION, or region in the profile: proofs are signed for"
                  + " a Region's STS"));
    } else if (!REGION.matcher(region.get().id()).matches()) {
      report.accept(
          Finding.wrong(
              "region",
              "not the name of a Region: " + Visible.line(region.get().id()),
              "set AWS_REGION to one Region's name, such as eu-west-1"));
      return Optional.empty();
    }
    return region;
  }

  private Optional<Target> target(Region region) {
    URI endpoint;
    try {
      endpoint =
          sts.custom()
              .map(StsChoice.CustomEndpoint::url)
              .orElseGet(() -> settings.endpoint(region, sts.region().isPresent()));
    } catch (ProofUnavailableException e) {
      // The one that is obeyed is the one that cannot be: it is told once.
      described(false).forEach(report);
      report.accept(
          Finding.wrong(SETTINGS, String.valueOf(e.getMessage()), "set it right, or unset it"));
      return Optional.empty();
    }
    described(true).forEach(report);
    boolean isOfSettings =
        sts.custom().isEmpty() && sts.region().isEmpty() && settings.isEndpointSet();
    return Optional.of(
        new Target(
            region, endpoint, isOfSettings ? sts.adopting(endpoint, region.id(), audience) : sts));
  }

  private List<Finding> described(boolean withUsed) {
    return settings.described(sts.custom().isPresent(), sts.region().isPresent()).stream()
        .filter(setting -> withUsed || !setting.used())
        .map(
            setting ->
                setting.readable()
                    ? Finding.ok(SETTINGS, setting.toString())
                    : Finding.wrong(
                        SETTINGS, setting.toString(), "set it to true or false, or unset it"))
        .toList();
  }
}
