package io.mcpoauth.jdbc;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Instant;

/** What a storage may know of the core: the SPI and the facts that it keeps. */
@AnalyzeClasses(packages = "io.mcpoauth.jdbc", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule storageKnowsTheSpiAndTheFactsOnly =
      noClasses()
          .should()
          .dependOnClassesThat(
              JavaClass.Predicates.resideInAPackage("io.mcpoauth..")
                  .and(
                      DescribedPredicate.not(
                          JavaClass.Predicates.resideInAnyPackage(
                              "io.mcpoauth.jdbc..",
                              "io.mcpoauth.core.spi.storage",
                              "io.mcpoauth.core.model",
                              "io.mcpoauth.core.protocol",
                              "io.mcpoauth.core.secret"))));

  @ArchTest
  static final ArchRule timeIsTheDatabasesAlone =
      noClasses().should().callMethod(Instant.class, "now");
}
