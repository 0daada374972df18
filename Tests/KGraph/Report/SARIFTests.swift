import Fixtures
import Foundation
import Testing

@testable import KGraph

struct SARIFTests {
  @Test func `a log has the rules, the places in UTF-16 and the fixes`() {
    #expect(Report([Samples.unknownInstance]).sarif(version: "1.2") == Self.expected)
  }

  /// The schema that OASIS publishes is in the source package of `sarif-om`; it is fetched once and kept in `.build`.
  /// `SARIF_SCHEMA` names another copy.
  @Test func `logs fit the schema of SARIF 2_1_0`() throws {
    let log = Report(Samples.all).sarif(version: "1.2")
    let empty = Report([]).sarif(version: "1.2")
    let root = URL(filePath: #filePath).appending(path: "../../../../.build/sarif-schema").standardized.path
    let program = try FinishedProgram.run(["python3", "-c", Self.validator, root], input: "[\(log),\(empty)]")
    guard let program else { try Test.cancel("there is no python3") }
    if program.status == 77 { try Test.cancel("\(program.output)") }
    #expect(program.status == 0, "\(program.output)")
    #expect(program.output == "2 logs fit, 3 broken ones do not\n")
  }

  private static let validator = #"""
    import copy, glob, json, os, subprocess, sys, tarfile
    def skip(reason):
        print(reason)
        sys.exit(77)
    try:
        import jsonschema
    except ImportError:
        skip("python3 has no jsonschema")
    path = os.environ.get("SARIF_SCHEMA")
    if not path:
        folder = sys.argv[1]
        if not glob.glob(folder + "/*.tar.gz"):
            fetch = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", "download", "--no-deps",
                     "--no-binary", ":all:", "--dest", folder, "sarif-om==1.0.4"]
            try:
                if subprocess.run(fetch, capture_output=True, timeout=60).returncode != 0:
                    skip("the schema of SARIF cannot be fetched")
            except subprocess.TimeoutExpired:
                skip("the schema of SARIF cannot be fetched in time")
        with tarfile.open(glob.glob(folder + "/*.tar.gz")[0]) as archive:
            name = [name for name in archive.getnames() if name.endswith("/sarif-2.1.0-rtm.4.json")][0]
            schema = json.load(archive.extractfile(name))
    else:
        schema = json.load(open(path))
    validator = jsonschema.Draft4Validator(schema)
    logs = json.load(sys.stdin)
    for log in logs:
        for error in validator.iter_errors(log):
            print("/".join(map(str, error.absolute_path)), error.message)
            sys.exit(1)
    broken = 0
    for change in (lambda log: log.pop("version"), lambda log: log["runs"][0].update(columnKind="bytes"),
                   lambda log: log["runs"][0]["results"][0].pop("message")):
        log = copy.deepcopy(logs[0])
        change(log)
        broken += 0 if validator.is_valid(log) else 1
    print(f"{len(logs)} logs fit, {broken} broken ones do not")
    """#

  private static let expected = #"""
    {
      "$schema" : "https://json.schemastore.org/sarif-2.1.0.json",
      "runs" : [
        {
          "columnKind" : "utf16CodeUnits",
          "results" : [
            {
              "fixes" : [
                {
                  "artifactChanges" : [
                    {
                      "artifactLocation" : {
                        "uri" : "my%20graphs/n%C3%A4me,1%3A2.kgraph"
                      },
                      "replacements" : [
                        {
                          "deletedRegion" : {
                            "endColumn" : 11,
                            "endLine" : 2,
                            "startColumn" : 7,
                            "startLine" : 2
                          },
                          "insertedContent" : {
                            "text" : "tail"
                          }
                        },
                        {
                          "deletedRegion" : {
                            "endColumn" : 5,
                            "endLine" : 1,
                            "startColumn" : 1,
                            "startLine" : 1
                          },
                          "insertedContent" : {
                            "text" : "tail"
                          }
                        }
                      ]
                    }
                  ],
                  "description" : {
                    "text" : "swap the letters"
                  }
                }
              ],
              "level" : "error",
              "locations" : [
                {
                  "message" : {
                    "text" : "100% unknown,\nreally"
                  },
                  "physicalLocation" : {
                    "artifactLocation" : {
                      "uri" : "my%20graphs/n%C3%A4me,1%3A2.kgraph"
                    },
                    "region" : {
                      "endColumn" : 11,
                      "endLine" : 2,
                      "startColumn" : 7,
                      "startLine" : 2
                    }
                  }
                }
              ],
              "message" : {
                "text" : "there is no instance `tali` in {{this}} \\[file\\](x)"
              },
              "relatedLocations" : [
                {
                  "id" : 1,
                  "message" : {
                    "text" : "there is one here"
                  },
                  "physicalLocation" : {
                    "artifactLocation" : {
                      "uri" : "fleet.kgraph"
                    },
                    "region" : {
                      "endColumn" : 7,
                      "endLine" : 22,
                      "startColumn" : 1,
                      "startLine" : 22
                    }
                  }
                },
                {
                  "id" : 2,
                  "message" : {
                    "text" : "near: `tail`"
                  },
                  "physicalLocation" : {
                    "artifactLocation" : {
                      "uri" : "my%20graphs/n%C3%A4me,1%3A2.kgraph"
                    },
                    "region" : {
                      "endColumn" : 5,
                      "endLine" : 1,
                      "startColumn" : 1,
                      "startLine" : 1
                    }
                  }
                }
              ],
              "ruleId" : "K0201",
              "ruleIndex" : 0
            }
          ],
          "tool" : {
            "driver" : {
              "name" : "kamaelia",
              "rules" : [
                {
                  "defaultConfiguration" : {
                    "level" : "error"
                  },
                  "fullDescription" : {
                    "text" : "Nothing has that name here."
                  },
                  "help" : {
                    "markdown" : "Nothing has that name here.\n\nFor example:\n\n    x -> y",
                    "text" : "Nothing has that name here.\n\nFor example:\n\n    x -> y"
                  },
                  "id" : "K0201",
                  "shortDescription" : {
                    "text" : "there is no such name"
                  }
                }
              ],
              "version" : "1.2"
            }
          }
        }
      ],
      "version" : "2.1.0"
    }

    """#
}
