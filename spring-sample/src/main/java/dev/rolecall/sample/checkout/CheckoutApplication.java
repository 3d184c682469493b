package dev.rolecall.sample.checkout;

import dev.rolecall.sample.api.OrdersGrpc.OrdersBlockingStub;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.grpc.client.ImportGrpcClients;

/** A client of the orders, which signs its calls as {@code checkout.yaml} says. */
@SpringBootApplication(proxyBeanMethods = false)
@ImportGrpcClients(target = "orders", types = OrdersBlockingStub.class)
public class CheckoutApplication {

  /** Orders what its arguments name. */
  public static void main(String[] args) {
    try (var application = builder().run(args)) {
      Checkout checkout = application.getBean(Checkout.class);
      for (String item : args) {
        System.out.println(checkout.order(item));
      }
    }
  }

  /** The application, to be run. */
  public static SpringApplicationBuilder builder() {
    return new SpringApplicationBuilder(CheckoutApplication.class)
        .properties("spring.config.name=checkout");
  }
}
