package io.mcpoauth.core;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.mcpoauth.core.contract.InternalPackages;
import io.mcpoauth.core.secret.Secret;
import io.mcpoauth.core.secret.SecretHash;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.UUID;
import java.util.stream.Stream;

/** The direction of dependencies in the core: features use words, words use nothing. */
@AnalyzeClasses(packages = "io.mcpoauth.core", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  private static final String[] JSON_AND_JOSE = {"com.fasterxml.jackson..", "org.jose4j.."};

  private static final String[] FEATURES = {
    "token", "access", "revoke", "authorize", "metadata", "account", "reseal", "cleanup", "provider"
  };

  @ArchTest
  static final ArchRule coreKnowsNeitherServletsNorSqlNorServers =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "jakarta..",
              "javax.servlet..",
              "java.sql..",
              "javax.sql..",
              "org.jdbi..",
              "org.eclipse.jetty..",
              "com.zaxxer..",
              "org.postgresql..");

  /** Secrets compare as hashes in constant time; there is no other comparison of theirs (CR-12). */
  @ArchTest
  static final ArchRule secretsHaveNoEquals_CR12 =
      noMethods()
          .that()
          .areDeclaredIn(Secret.class)
          .or()
          .areDeclaredIn(SecretHash.class)
          .should()
          .haveName("equals");

  @ArchTest
  static final ArchRule bytesAreComparedInConstantTime_CR12 =
      noClasses()
          .should()
          .callMethod(Arrays.class, "equals", byte[].class, byte[].class)
          .orShould()
          .callMethod(Arrays.class, "compare", byte[].class, byte[].class)
          .orShould()
          .callMethod(Arrays.class, "mismatch", byte[].class, byte[].class)
          .orShould()
          .callMethod(ByteBuffer.class, "equals", Object.class)
          .orShould()
          .callMethod(ByteBuffer.class, "compareTo", ByteBuffer.class);

  @ArchTest
  static final ArchRule onlyProvidersSpeakHttp =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.mcpoauth.core.provider..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("java.net.http..");

  @ArchTest
  static final ArchRule wordsFactsAndSpisAreFreeOfLibraries =
      noClasses()
          .that()
          .resideInAnyPackage(
              withInternal(
                  "io.mcpoauth.core.protocol..",
                  "io.mcpoauth.core.secret..",
                  "io.mcpoauth.core.model..",
                  "io.mcpoauth.core.spi.."))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(JSON_AND_JOSE);

  @ArchTest static final ArchRule wordsKnowNothingOfOurs = knowsOnly("io.mcpoauth.core.protocol..");

  @ArchTest static final ArchRule secretsKnowNothingOfOurs = knowsOnly("io.mcpoauth.core.secret..");

  @ArchTest
  static final ArchRule factsKnowWordsAndSecretsOnly =
      knowsOnly(
          "io.mcpoauth.core.model..", "io.mcpoauth.core.protocol..", "io.mcpoauth.core.secret..");

  @ArchTest
  static final ArchRule storageSpiKnowsFactsOnly =
      knowsOnly(
          "io.mcpoauth.core.spi.storage..",
          "io.mcpoauth.core.model..",
          "io.mcpoauth.core.protocol..",
          "io.mcpoauth.core.secret..");

  @ArchTest
  static final ArchRule providerSpiKnowsFactsOnly =
      knowsOnly(
          "io.mcpoauth.core.spi.provider..",
          "io.mcpoauth.core.model..",
          "io.mcpoauth.core.protocol..",
          "io.mcpoauth.core.secret..");

  @ArchTest
  static final ArchRule credentialSpiKnowsFactsOnly =
      knowsOnly(
          "io.mcpoauth.core.spi.credential..",
          "io.mcpoauth.core.model..",
          "io.mcpoauth.core.protocol..",
          "io.mcpoauth.core.secret..");

  @ArchTest
  static final ArchRule auditEventsCannotHoldSecrets_LG01 =
      knowsOnly(
          "io.mcpoauth.core.audit..",
          "io.mcpoauth.core.spi.storage..",
          "io.mcpoauth.core.protocol..");

  @ArchTest
  static final ArchRule memoryKnowsTheSpiAndTheFactsOnly =
      knowsOnly(
          "io.mcpoauth.core.memory..",
          "io.mcpoauth.core.spi.storage..",
          "io.mcpoauth.core.model..",
          "io.mcpoauth.core.protocol..",
          "io.mcpoauth.core.secret..");

  @ArchTest
  static final ArchRule featuresDoNotKnowEachOther =
      slices()
          .assignedFrom(
              InternalPackages.slices(
                  "io\\.mcpoauth\\.core\\.(?:internal\\.)?("
                      + String.join("|", FEATURES)
                      + ")\\b.*"))
          .should()
          .notDependOnEachOther();

  @ArchTest
  static final ArchRule whatFeaturesShareKnowsNoFeature =
      noClasses()
          .that()
          .resideInAnyPackage(
              packages("client", "session", "profile", "keys", "policy", "limit", "audit"))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(packages(FEATURES));

  @ArchTest
  static final ArchRule nothingKnowsTheFacadeOrTheMemory =
      noClasses()
          .that(not(resideInAnyPackage("io.mcpoauth.core", "io.mcpoauth.core.memory..")))
          .should()
          .dependOnClassesThat(
              resideInAPackage("io.mcpoauth.core")
                  .or(resideInAPackage("io.mcpoauth.core.memory..")));

  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      slices()
          .assignedFrom(InternalPackages.slices("io\\.mcpoauth\\.core\\.(?:internal\\.)?(.+)"))
          .should()
          .beFreeOfCycles();

  @ArchTest
  static final ArchRule internalTypesAreNotSeenFromOutside =
      InternalPackages.areNotSeenFromOutside(CoreApiTest.PUBLIC_BESIDE);

  @ArchTest
  static final ArchRule timeAndRandomnessComeFromOutside =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName("io.mcpoauth.core.AuthorizationServerBuilder")
          .and()
          .doNotHaveFullyQualifiedName("io.mcpoauth.core.secret.SecretSource")
          .should()
          .callMethod(Instant.class, "now")
          .orShould()
          .callMethod(InstantSource.class, "system")
          .orShould()
          .callMethod(Clock.class, "systemUTC")
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(UUID.class, "randomUUID")
          .orShould()
          .callConstructor(SecureRandom.class);

  private static String[] packages(String... names) {
    return withInternal(
        Arrays.stream(names).map(name -> "io.mcpoauth.core." + name + "..").toArray(String[]::new));
  }

  private static ArchRule knowsOnly(String self, String... others) {
    return noClasses()
        .that()
        .resideInAnyPackage(withInternal(self))
        .should()
        .dependOnClassesThat(
            resideInAPackage("io.mcpoauth..")
                .and(not(resideInAnyPackage(withInternal(self))))
                .and(not(resideInAnyPackage(withInternal(others)))));
  }

  /** A feature's package, and its internal one. */
  private static String[] withInternal(String... packages) {
    return Arrays.stream(packages)
        .flatMap(name -> Stream.of(name, name.replace(".core.", ".core.internal.")))
        .toArray(String[]::new);
  }
}
