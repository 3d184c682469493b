package dev.rolecall.verifier;

import dev.rolecall.identity.Partition;
import dev.rolecall.verifier.internal.endpoint.AwsEndpoints;
import dev.rolecall.verifier.internal.endpoint.EndpointTable;
import dev.rolecall.verifier.internal.endpoint.RegionName;
import dev.rolecall.verifier.internal.endpoint.StsEndpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The operator's choice of endpoints, while a verifier is being set up. */
final class AcceptedEndpoints {

  private Set<Partition> partitions = Set.of(Partition.AWS);
  private List<RegionName> only = List.of();
  private final List<RegionName> regions = new ArrayList<>();
  private final List<StsEndpoint> single = new ArrayList<>();

  void partitions(Set<Partition> partitions) {
    this.partitions = Set.copyOf(partitions);
  }

  /** Of the partitions' Regions those alone. */
  void only(List<RegionName> regions) {
    if (regions.isEmpty()) {
      throw new IllegalArgumentException("regions: none (expected: at least one)");
    }
    this.only = List.copyOf(regions);
  }

  void add(RegionName region) {
    regions.add(region);
  }

  void add(StsEndpoint endpoint) {
    single.add(endpoint);
  }

  void addGlobal() {
    single.add(AwsEndpoints.global());
  }

  EndpointTable table() {
    List<StsEndpoint> all = new ArrayList<>(single);
    if (only.isEmpty()) {
      partitions.forEach(partition -> all.addAll(AwsEndpoints.of(partition)));
    }
    only.forEach(region -> all.addAll(AwsEndpoints.of(region, partitions)));
    regions.forEach(region -> all.addAll(AwsEndpoints.of(region, partitions)));
    return EndpointTable.of(all);
  }
}
