package dev.rolecall.cli.access.requests;

import dev.rolecall.cli.access.client.AccessOptions;
import dev.rolecall.cli.access.view.RequestView;
import dev.rolecall.grants.v1.AccessServiceGrpc;
import dev.rolecall.grants.v1.GetAccessRequestRequest;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** The command {@code rolecall access show}: one request. */
@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    description = "Show a request: who asks for what, why, and who has voted.",
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      "0:shown",
      "1:refused: there is no such request, or it is not yours to see",
      "2:could not tell, such as when the service does not answer"
    },
    footerHeading = "%nFor example:%n",
    footer = "  rolecall access show ID --server access.internal:443 --json")
public final class ShowCommand implements Callable<Integer> {

  @Parameters(paramLabel = "ID", description = "The request's id, as 'access list' has it.")
  String id;

  @Mixin AccessOptions access;

  @Override
  public Integer call() {
    GetAccessRequestRequest request = GetAccessRequestRequest.newBuilder().setId(id).build();
    return access.print(AccessServiceGrpc.getGetAccessRequestMethod(), request, RequestView::print);
  }
}
