import ModuleKit
import Testing

@Suite("The description of a vocabulary")
struct VocabularyDescriptionTests {
    private typealias Field = Google_Protobuf_FieldDescriptorProto

    private static func field(
        _ number: Int32,
        _ name: String,
        _ type: Field.TypeEnum,
        _ typeName: String = "",
        label: Field.Label = .optional,
        _ options: (inout Google_Protobuf_FieldOptions) -> Void = { _ in }
    ) -> Field {
        .with {
            ($0.number, $0.name, $0.type, $0.label) = (number, name, type, label)
            if !typeName.isEmpty { $0.typeName = typeName }
            options(&$0.options)
        }
    }

    /// A vocabulary of a mint, encoded: `struck` uses `mint/strike`, and `melted` frees it.
    private static func mint(_ change: (inout Google_Protobuf_FileDescriptorProto) -> Void = { _ in }) throws -> [UInt8]
    {
        var file = Google_Protobuf_FileDescriptorProto.with {
            $0.name = "mint.proto"
            $0.package = "mint"
            $0.messageType = [
                .with {
                    $0.name = "Event"
                    $0.field = [
                        field(5, "melted", .message, ".mint.Melted"),
                        field(2, "struck", .message, ".mint.Struck") { $0.Vocabulary_privilege = "mint/strike" },
                    ]
                },
                .with {
                    $0.name = "Struck"
                    $0.field = [
                        field(3, "coins", .message, ".mesh.kit.v1.Coin", label: .repeated) {
                            $0.Vocabulary_usesGrant = "mint/strike"
                        },
                        field(4, "part", .message, ".mint.Struck.Part"),
                    ]
                    $0.nestedType = [
                        .with {
                            $0.name = "Part"
                            $0.field = [
                                field(1, "whole", .message, ".mint.Struck"),
                                field(7, "fee", .string) { $0.Vocabulary_freesGrant = "mint/fees" },
                            ]
                        }
                    ]
                },
                .with {
                    $0.name = "Melted"
                    $0.field = [field(1, "amount", .string) { $0.Vocabulary_freesGrant = "mint/strike" }]
                },
            ]
        }
        change(&file)
        let kit = Google_Protobuf_FileDescriptorProto.with {
            $0.name = "kit.proto"
            $0.package = "mesh.kit.v1"
            $0.messageType = [
                .with {
                    $0.name = "Coin"
                    $0.field = [field(1, "denom", .string), field(2, "amount", .string)]
                }
            ]
        }
        return try Google_Protobuf_FileDescriptorSet.with { $0.file = [kit, file] }.encodedBytes()
    }

    @Test("has kinds in the order of numbers, their privileges, and the amounts that count, wherever they are")
    func kinds() throws {
        let description = try VocabularyDescription(descriptorSet: try Self.mint(), messageName: "mint.Event")
        #expect(
            description.kinds.map { "\($0.number) \($0.name) \($0.messageName)" } == [
                "2 struck mint.Struck", "5 melted mint.Melted",
            ]
        )
        #expect(description.kinds.map(\.privilege) == [Privilege("mint/strike"), nil])
        #expect(description.kinds.allSatisfy { !$0.outlivesGrant })
        #expect(
            description.kinds.map { kind in
                kind.amounts.map { "\($0.privilege) \($0.isUse) \($0.path) \($0.isRepeated)" }
            } == [["mint/strike true [3, 2] true", "mint/fees false [4, 7] false"], ["mint/strike false [1] false"]]
        )
        #expect(description.message(named: "mint.Struck.Part")?.field.count == 2)
        #expect(description.message(named: "Struck") == nil)
    }

    @Test("says which kinds outlive their grant")
    func outliving() throws {
        let set = try Self.mint {
            $0.messageType[0].field[0].options.Vocabulary_privilege = "mint/strike"
            $0.messageType[0].field[0].options.Vocabulary_outlivesGrant = true
        }
        let description = try VocabularyDescription(descriptorSet: set, messageName: "mint.Event")
        #expect(description.kinds.map(\.outlivesGrant) == [false, true])
    }

    @Test("is none of bytes that are no descriptors, of messages that are missing, or of options that make no sense")
    func refused() throws {
        func code(_ set: [UInt8], _ name: String = "mint.Event") -> ModuleError.Code? {
            do {
                _ = try VocabularyDescription(descriptorSet: set, messageName: name)
                return nil
            } catch {
                return error.code
            }
        }
        let cases: [([UInt8], String)] = [
            ([0xFF], "mint.Event"), ([], "mint.Event"), (try Self.mint(), "mint.Events"),
            (try Self.mint { $0.messageType.removeLast() }, "mint.Event"),
            (try Self.mint { $0.messageType[0].field[0].type = .string }, "mint.Event"),
            (try Self.mint { $0.messageType[0].field[0].number = -1 }, "mint.Event"),
            (try Self.mint { $0.messageType[2].field[0].type = .uint64 }, "mint.Event"),
            (try Self.mint { $0.messageType[1].field[1].options.Vocabulary_usesGrant = "mint/strike" }, "mint.Event"),
            (try Self.mint { $0.messageType[0].field[0].options.Vocabulary_outlivesGrant = true }, "mint.Event"),
            (try Self.mint { $0.messageType[0].field[1].options.Vocabulary_outlivesGrant = true }, "mint.Event"),
        ]
        for (index, item) in cases.enumerated() {
            #expect(code(item.0, item.1) == .undecodable, "case \(index)")
        }
        #expect(code(try Self.mint()) == nil)
    }
}
