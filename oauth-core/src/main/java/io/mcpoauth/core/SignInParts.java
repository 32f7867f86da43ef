package io.mcpoauth.core;

import io.mcpoauth.core.ServerSettings.Lifetimes;
import io.mcpoauth.core.internal.authorize.BeginSignIn;
import io.mcpoauth.core.internal.authorize.ConsentPages;
import io.mcpoauth.core.internal.authorize.ConsentTickets;
import io.mcpoauth.core.internal.authorize.DecideConsent;
import io.mcpoauth.core.internal.authorize.FinishAccountSignIn;
import io.mcpoauth.core.internal.authorize.FinishSignIn;
import io.mcpoauth.core.internal.authorize.IssueCode;
import io.mcpoauth.core.internal.authorize.RecallConsent;
import io.mcpoauth.core.internal.authorize.RememberedConsents;
import io.mcpoauth.core.internal.authorize.RequestChecks;
import io.mcpoauth.core.internal.authorize.StartAuthorization;
import io.mcpoauth.core.spi.storage.Storage;

/** The features that users meet in their browsers, from the authorization request to the code. */
final class SignInParts {

  private final SharedParts shared;
  private final ServerOptions options;
  private final Storage storage;
  private final Lifetimes lifetimes;
  private final ConsentTickets tickets;
  private final RememberedConsents remembered;
  private final BeginSignIn signIns;
  private final ConsentPages pages;
  private final RecallConsent recall;

  SignInParts(SharedParts shared) {
    this.shared = shared;
    this.options = shared.options;
    this.storage = options.storage();
    this.lifetimes = options.settings().lifetimes();
    this.tickets =
        new ConsentTickets(options.keys(), options.random(), options.clock(), lifetimes.login());
    this.remembered =
        new RememberedConsents(
            options.keys(), options.random(), options.clock(), options.consentMemory());
    this.signIns =
        new BeginSignIn(
            storage.logins(),
            shared.providers,
            options.keys(),
            options.random(),
            lifetimes.login());
    this.pages =
        new ConsentPages(tickets, remembered, shared.providers.choices(), options.random());
    this.recall =
        new RecallConsent(
            remembered,
            signIns,
            pages,
            shared.clients,
            shared.grants,
            options.random(),
            options.audit());
  }

  BeginSignIn begin() {
    return signIns;
  }

  StartAuthorization start() {
    return new StartAuthorization(
        shared.clients,
        new RequestChecks(shared.resources),
        pages,
        recall,
        shared.issuer,
        options.audit());
  }

  DecideConsent decide() {
    return new DecideConsent(
        shared.clients,
        storage.logins(),
        tickets,
        remembered,
        signIns,
        shared.issuer,
        lifetimes.login(),
        options.audit());
  }

  FinishSignIn finish() {
    return new FinishSignIn(
        storage.logins(),
        shared.providers,
        options.policy(),
        new IssueCode(
            shared.clients,
            storage.grants(),
            shared.profiles,
            shared.codes,
            options.random(),
            lifetimes.code(),
            options.audit()),
        new FinishAccountSignIn(shared.sessions, options.audit()),
        recall,
        shared.issuer,
        options.keys(),
        options.random(),
        options.audit());
  }
}
