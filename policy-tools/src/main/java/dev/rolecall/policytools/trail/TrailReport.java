package dev.rolecall.policytools.trail;

import java.util.List;

/**
 * The report about audit files.
 *
 * @param findings in the order of trails and their numbers
 * @param trails how many trails there are
 * @param lines how many numbered lines there are
 * @param leftOut how many decisions stand in the counts of other lines
 * @param lost how many decisions the server says that it could not write
 */
public record TrailReport(
    List<TrailFinding> findings, int trails, long lines, long leftOut, long lost) {

  /** Copies. */
  public TrailReport {
    findings = List.copyOf(findings);
  }

  /** Whether nothing is missing, twice or changed, as far as the files can tell. */
  public boolean isWhole() {
    return trails > 0 && findings.stream().noneMatch(each -> each.kind().isFault());
  }
}
