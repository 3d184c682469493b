package dev.rolecall.verifier.internal.endpoint;

import dev.rolecall.identity.Partition;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import software.amazon.awssdk.regions.EndpointTag;
import software.amazon.awssdk.regions.PartitionEndpointKey;
import software.amazon.awssdk.regions.PartitionMetadata;
import software.amazon.awssdk.regions.Region;

/**
 * AWS's own STS endpoints, from the metadata in the AWS SDK: for each Region the regional,
 * dual-stack and FIPS names.
 *
 * @see <a href="https://docs.aws.amazon.com/general/latest/gr/sts.html">AWS STS endpoints</a>
 */
public final class AwsEndpoints {

  private static final Partition GOV_CLOUD = Partition.parse("aws-us-gov");

  /** The spellings a Region's endpoint has. */
  private static final List<List<EndpointTag>> SPELLINGS =
      List.of(
          List.of(),
          List.of(EndpointTag.DUALSTACK),
          List.of(EndpointTag.FIPS),
          List.of(EndpointTag.DUALSTACK, EndpointTag.FIPS));

  private AwsEndpoints() {}

  /**
   * Every endpoint of a partition's Regions that the SDK knows.
   *
   * @throws IllegalArgumentException if the SDK does not know the partition
   */
  public static List<StsEndpoint> of(Partition partition) {
    PartitionMetadata metadata = metadata(partition);
    List<StsEndpoint> endpoints = new ArrayList<>();
    for (Region region : Region.regions()) {
      if (!region.isGlobalRegion() && region.metadata().partition().id().equals(metadata.id())) {
        endpoints.addAll(of(new RegionName(region.id()), partition, metadata));
      }
    }
    return endpoints;
  }

  /**
   * The endpoints of a Region the SDK may not know yet: it belongs to the one accepted partition
   * whose Regions are named like it.
   *
   * @throws IllegalArgumentException if no accepted partition names its Regions like that
   */
  public static List<StsEndpoint> of(RegionName region, Collection<Partition> accepted) {
    for (Partition partition : accepted) {
      PartitionMetadata metadata = metadata(partition);
      if (Pattern.matches(metadata.regionRegex(), region.value())) {
        return of(region, partition, metadata);
      }
    }
    throw new IllegalArgumentException(
        "region: " + region + " (expected: a Region of an accepted partition: " + accepted + ")");
  }

  /** {@code sts.amazonaws.com}, whose requests are signed for {@code us-east-1}. */
  public static StsEndpoint global() {
    return endpoint("sts.amazonaws.com", new RegionName("us-east-1"), Partition.AWS);
  }

  private static List<StsEndpoint> of(
      RegionName region, Partition partition, PartitionMetadata metadata) {
    List<StsEndpoint> endpoints = new ArrayList<>();
    for (List<EndpointTag> tags : SPELLINGS) {
      if (partition.equals(GOV_CLOUD) && tags.equals(List.of(EndpointTag.FIPS))) {
        // There the regional endpoint is the FIPS one, and no other name of it exists.
        continue;
      }
      endpoints.add(endpoint(hostname(metadata, tags, region), region, partition));
    }
    return endpoints;
  }

  private static String hostname(
      PartitionMetadata metadata, List<EndpointTag> tags, RegionName region) {
    PartitionEndpointKey key = PartitionEndpointKey.builder().tags(Set.copyOf(tags)).build();
    return metadata
        .hostname(key)
        .replace("{service}", "sts")
        .replace("{region}", region.value())
        .replace("{dnsSuffix}", metadata.dnsSuffix(key));
  }

  private static StsEndpoint endpoint(String host, RegionName region, Partition partition) {
    return StsEndpoint.at(URI.create("https://" + host), region, partition);
  }

  private static PartitionMetadata metadata(Partition partition) {
    PartitionMetadata metadata = PartitionMetadata.of(partition.id());
    if (metadata == null) {
      throw new IllegalArgumentException(
          "partition: " + partition + " (expected: one that the AWS SDK in use knows)");
    }
    return metadata;
  }
}
