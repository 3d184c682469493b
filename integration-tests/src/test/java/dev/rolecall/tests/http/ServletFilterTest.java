package dev.rolecall.tests.http;

import dev.rolecall.identity.Caller;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.catalina.Context;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;

/** Servlets of an embedded Tomcat behind the filter. */
final class ServletFilterTest extends HttpGuardSuite {

  /** It takes the guard's threads for forgotten ones. Held, since a logger forgets its level. */
  private static final Logger LEAKS = Logger.getLogger("org.apache.catalina.loader");

  @TempDir Path folder;

  @Override
  int start(HttpDoor door, ExecutorService oneThread) throws Exception {
    LEAKS.setLevel(Level.OFF);
    Tomcat tomcat = new Tomcat();
    tomcat.setSilent(true);
    tomcat.setBaseDir(folder.toString());
    Connector connector = new Connector();
    connector.setPort(0);
    connector.setProperty("address", "127.0.0.1");
    connector.getProtocolHandler().setExecutor(oneThread);
    tomcat.setConnector(connector);
    Context shop = tomcat.addContext("", folder.toString());
    shop.addServletContainerInitializer((classes, context) -> register(door, context), Set.of());
    tomcat.start();
    rolecall.closing(
        () -> {
          tomcat.stop();
          tomcat.destroy();
        });
    return connector.getLocalPort();
  }

  private static void register(HttpDoor door, ServletContext context) {
    // region registration
    FilterRegistration.Dynamic filter =
        context.addFilter("rolecall", new GuardFilter(door, "http.Orders"));
    filter.setAsyncSupported(true);
    filter.addMappingForUrlPatterns(
        EnumSet.of(DispatcherType.REQUEST, DispatcherType.ASYNC), false, "/*");
    // endregion
    ServletRegistration.Dynamic servlet = context.addServlet("orders", new OrdersServlet());
    servlet.setAsyncSupported(true);
    servlet.addMapping("/orders");
  }

  private static final class OrdersServlet extends HttpServlet {

    private static final long serialVersionUID = 1;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      @Nullable Object caller = request.getAttribute(GuardFilter.CALLER);
      if (caller != null) {
        response.getWriter().print("orders for " + ((Caller) caller).principal().text());
      }
    }
  }
}
