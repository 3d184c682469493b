/** Tests of the store: the contract on both databases, races, crashes and settings. */
@NullMarked
package dev.rolecall.service.store.postgres;

import org.jspecify.annotations.NullMarked;
