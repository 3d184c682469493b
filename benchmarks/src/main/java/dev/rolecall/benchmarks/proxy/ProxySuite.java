package dev.rolecall.benchmarks.proxy;

import dev.rolecall.benchmarks.Run;
import dev.rolecall.benchmarks.Suite;
import dev.rolecall.benchmarks.fleet.CallerKeys;
import dev.rolecall.benchmarks.fleet.Orders;
import dev.rolecall.benchmarks.fleet.RunCertificate;
import dev.rolecall.benchmarks.fleet.RunFolder;
import dev.rolecall.stsemulator.StsEmulator;
import java.io.IOException;
import java.security.GeneralSecurityException;

/**
 * The checker against other servers of external authorization, the relay against Envoy, and the
 * streams that a relay holds and ends.
 */
public final class ProxySuite implements Suite {

  @Override
  public String name() {
    return "proxy";
  }

  @Override
  public String description() {
    return "the checker and the relay: CPU of their processes, against Envoy and others; streams";
  }

  @Override
  public void measure(Run run) throws IOException, InterruptedException, GeneralSecurityException {
    Plan plan = run.quick() ? Plan.QUICK : Plan.FULL;
    try (RunFolder folder = RunFolder.make();
        StsEmulator sts = StsEmulator.start()) {
      new CheckerPart(folder, sts).measure(run, plan);
      Edges.Setting setting =
          new Edges.Setting(
              folder,
              RunCertificate.make(folder.file("certificate.p12")),
              sts.endpoint(),
              CallerKeys.of(sts.addRole(Orders.CHECKOUT)));
      new EdgePart(setting).measure(run, plan);
      new StreamPart(setting).measure(run, plan);
    }
  }
}
