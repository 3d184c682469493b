package dev.rolecall.service.rules;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The tickets of requests under a rule.
 *
 * @param required whether a request must name one
 * @param forms the forms that one may have; none for any
 */
public record Tickets(boolean required, List<TicketPattern> forms) {

  /** Copies. */
  public Tickets {
    forms = List.copyOf(forms);
  }

  /** Whether the ticket will do; an empty text is no ticket. */
  public boolean take(String ticket) {
    return ticket.isEmpty()
        ? !required
        : forms.isEmpty() || forms.stream().anyMatch(form -> form.matches(ticket));
  }

  /** The rule in words. */
  public String rule() {
    String form =
        forms.isEmpty()
            ? "a ticket"
            : "a ticket like "
                + forms.stream().map(TicketPattern::text).collect(Collectors.joining(" or "));
    return required ? form : form + ", or none";
  }
}
