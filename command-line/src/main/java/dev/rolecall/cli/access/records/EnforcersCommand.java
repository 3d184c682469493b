package dev.rolecall.cli.access.records;

import dev.rolecall.cli.access.client.AccessOptions;
import dev.rolecall.cli.access.view.RecordView;
import dev.rolecall.grants.v1.AccessServiceGrpc;
import dev.rolecall.grants.v1.ListEnforcersRequest;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The command {@code rolecall access enforcers}: the servers that follow grants. */
@Command(
    name = "enforcers",
    mixinStandardHelpOptions = true,
    description = "List the servers that follow grants, with the last news that each confirmed.",
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      "0:listed, none too",
      "1:refused",
      "2:could not tell, such as when the service does not answer"
    },
    footerHeading = "%nFor example:%n",
    footer = "  rolecall access enforcers --server access.internal:443")
public final class EnforcersCommand implements Callable<Integer> {

  @Mixin AccessOptions access;

  @Override
  public Integer call() {
    return access.print(
        AccessServiceGrpc.getListEnforcersMethod(),
        ListEnforcersRequest.getDefaultInstance(),
        RecordView::printEnforcers);
  }
}
