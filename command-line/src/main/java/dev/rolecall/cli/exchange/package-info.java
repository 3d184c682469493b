/**
 * The commands {@code rolecall exchange serve} and {@code rolecall exchange rotate}: {@link
 * dev.rolecall.cli.exchange.ExchangeCommand} is the entry. Depends on no other command.
 */
@NullMarked
package dev.rolecall.cli.exchange;

import org.jspecify.annotations.NullMarked;
