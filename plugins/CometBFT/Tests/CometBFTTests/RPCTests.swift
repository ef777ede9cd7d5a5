import CometBFT
import Testing

@Suite("RPC JSON")
struct RPCTests {
    private let samples: Samples

    init() throws {
        samples = try Samples()
    }

    private func code(_ body: () throws -> some Sendable) -> CometBFTError.Code? {
        #expect(throws: CometBFTError.self) { try body() }?.code
    }

    @Test("Every kind of value survives printing and reading")
    func roundTrips() throws {
        for artefact in try Artefact.allJSON() {
            #expect(try artefact.read(artefact.bytes) == artefact.bytes, "\(artefact.name)")
        }
    }

    @Test("JSON and protobuf give the same value")
    func acrossFormats() throws {
        let block = try samples.block()
        #expect(try Block(json: Array(Block(encoded: block.encoded).json.utf8)) == block)
        let light = try samples.lightBlock()
        #expect(try LightBlock(json: Array(LightBlock(encoded: light.encoded).json.utf8)) == light)
    }

    @Test("A node's answer is read with its envelope and without, and a bare value too")
    func envelopes() throws {
        let signed = try samples.signedHeader()
        let result = CommitResponse(signedHeader: signed, isCanonical: true)
        let envelope = "{\"jsonrpc\":\"2.0\",\"id\":-1,\"result\":\(result.json)}"
        #expect(try SignedHeader(json: Array(envelope.utf8)) == signed)
        #expect(try CommitResponse(json: Array(envelope.utf8)) == result)
        #expect(try SignedHeader(json: Array(result.json.utf8)) == signed)
        #expect(try SignedHeader(json: Array(signed.json.utf8)) == signed)
        let genesis = try Network().genesis
        let answer = "{\"jsonrpc\":\"2.0\",\"id\":-1,\"result\":{\"genesis\":\(genesis.json)}}"
        #expect(try Genesis(json: Array(answer.utf8)) == genesis)
    }

    @Test("A node's error is passed on in its words")
    func nodeError() {
        let answer = """
            {"jsonrpc":"2.0","id":-1,"error":{"code":-32603,"message":"Internal error","data":"height 9 is not available"}}
            """
        let error = #expect(throws: CometBFTError.self) { try SignedHeader(json: Array(answer.utf8)) }
        #expect(error?.code == .nodeFailed)
        #expect(error?.message.contains("height 9 is not available") == true)
    }

    @Test("Every member of a header, a commit, a vote and evidence is missed when it is not there")
    func missingMembers() throws {
        let optional = ["last_block_id", "extension", "extension_signature"]
        func check(_ value: RPCValue, _ read: (RPCValue) throws -> some Sendable) {
            for member in value.members where !optional.contains(member.name) {
                let error = #expect(throws: CometBFTError.self) {
                    try read(value.replacing(member.name, with: nil))
                }
                #expect(error?.code == .missing && error?.message.contains(member.name) == true, "\(member.name)")
            }
        }
        check(try samples.header().rpc) { try Header(rpc: $0) }
        check(try samples.commit(for: Samples.blockID("A")).rpc) { try Commit(rpc: $0) }
        check(try samples.vote(for: Samples.blockID("A")).rpc) { try Vote(rpc: $0) }
        check(try samples.duplicateVote().rpc) { try DuplicateVoteEvidence(rpc: $0) }
        check(ValidatorsPage(height: 1, set: samples.validators).rpc) { try ValidatorsPage(rpc: $0) }
    }

    @Test("An error names the place where it is")
    func places() throws {
        let json = try samples.commit(for: Samples.blockID("A")).rpc
            .replacing("signatures", "2", "signature", with: .string("!"))
        let error = #expect(throws: CometBFTError.self) { try Commit(rpc: json) }
        #expect(error?.code == .malformed)
        #expect(error?.message.hasPrefix("signatures: element 2: signature: not base64") == true)
    }

    @Test("Heights are whole numbers in quotes, and rounds are numbers")
    func numbers() throws {
        let json = try samples.commit(for: Samples.blockID("A")).rpc
        for wrong: RPCValue in [.number("100"), .string("0100"), .string("+100"), .string("1e2"), .string(""), .null] {
            #expect(throws: CometBFTError.self) { try Commit(rpc: json.replacing("height", with: wrong)) }
        }
        for wrong: RPCValue in [.string("1"), .number("1.0"), .number("-1"), .number("2147483648")] {
            #expect(throws: CometBFTError.self) { try Commit(rpc: json.replacing("round", with: wrong)) }
        }
    }

    @Test("An absent entry is printed with the zero time, and read with 1970 as some light clients print it")
    func absentEntries() throws {
        let printed = CommitSignature.absent.json
        #expect(
            printed
                == "{\"block_id_flag\":1,\"validator_address\":\"\",\"timestamp\":\"0001-01-01T00:00:00Z\",\"signature\":null}"
        )
        let other = CommitSignature.absent.rpc
            .replacing("timestamp", with: .string("1970-01-01T00:00:00Z"))
            .replacing("signature", with: .string(""))
        #expect(try CommitSignature(rpc: other) == .absent)
        for (name, value) in [
            ("timestamp", "1970-01-01T00:00:01Z"), ("signature", "AA=="), ("validator_address", "00"),
        ] {
            let wrong = other.replacing(name, with: .string(value))
            #expect(code { try CommitSignature(rpc: wrong) } == .inconsistent)
        }
    }

    @Test("The first block has an empty commit, or null; nothing else may have height 0")
    func firstBlock() throws {
        let block = try samples.firstBlock()
        #expect(block.rpc["last_commit"]["height"].string == "0")
        #expect(try Block(rpc: block.rpc) == block)
        #expect(try Block(rpc: block.rpc.replacing("last_commit", with: .null)) == block)
        let wrong = block.rpc.replacing("last_commit", "round", with: .number("1"))
        #expect(code { try Block(rpc: wrong) } == .inconsistent)
    }

    @Test("A genesis keeps the engine's defaults and refuses what the engine refuses")
    func genesis() throws {
        let json = try Network().genesis.rpc
        #expect(try Genesis(rpc: json.replacing("initial_height", with: nil)).initialHeight == 1)
        #expect(try Genesis(rpc: json.replacing("initial_height", with: .string("0"))).initialHeight == 1)
        #expect(try Genesis(rpc: json.replacing("validators", with: .array([]))).validators == nil)
        #expect(try Genesis(rpc: json.replacing("consensus_params", with: nil)).consensusParameters == nil)
        #expect(code { try Genesis(rpc: json.replacing("initial_height", with: .string("-1"))) } == .outOfRange)
        #expect(code { try Genesis(rpc: json.replacing("chain_id", with: .string(""))) } == .outOfRange)
        #expect(
            code { try Genesis(rpc: json.replacing("validators", "0", "power", with: .string("0"))) } == .outOfRange
        )
        let wrongAddress = json.replacing(
            "validators",
            "0",
            "address",
            with: .string(String(repeating: "A", count: 40))
        )
        #expect(code { try Genesis(rpc: wrongAddress) } == .inconsistent)
        for (part, name, value) in [
            ("block", "max_bytes", "0"), ("block", "max_bytes", "104857601"), ("block", "max_gas", "-2"),
            ("evidence", "max_age_num_blocks", "0"), ("evidence", "max_age_duration", "0"),
            ("evidence", "max_bytes", "22020097"), ("abci", "vote_extensions_enable_height", "-1"),
        ] {
            let wrong = json.replacing("consensus_params", part, name, with: .string(value))
            #expect(code { try Genesis(rpc: wrong) } == .outOfRange, "\(part).\(name) = \(value)")
        }
        let noKeys = json.replacing("consensus_params", "validator", "pub_key_types", with: .array([]))
        #expect(code { try Genesis(rpc: noKeys) } == .missing)
    }

    @Test(
        "Text that is not one JSON value is refused",
        arguments: [
            "", " ", "{", "[", "\"", "{\"a\":1,}", "{\"a\" 1}", "{\"a\":1,\"a\":2}", "{a:1}", "[1,]", "[1 2]", "01",
            "-",
            "1.", "1e", ".5", "+1", "nul", "truE", "\"\\x\"", "\"\\u12\"", "\"\\ud800\"", "\"\\ud800\\u0041\"",
            "\"\\udc00\"", "\"\u{1}\"", "1 2", "{}x", "\"\\u+123\"",
        ]
    )
    func malformedText(text: String) {
        #expect(code { try RPCValue(parsing: Array(text.utf8)) } == .malformed)
    }

    @Test("Invalid UTF-8 and depth beyond all need are refused")
    func malformedBytes() {
        #expect(code { try RPCValue(parsing: [0x22, 0xff, 0x22]) } == .malformed)
        let deep = [UInt8](repeating: UInt8(ascii: "["), count: 100_000)
        #expect(code { try RPCValue(parsing: deep) } == .malformed)
    }

    @Test("Strings survive with every escape")
    func strings() throws {
        let text = "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u0041\\u00e9\\ud83d\\ude00é😀\""
        let value = try RPCValue(parsing: Array(text.utf8))
        #expect(value == .string("\"\\/\u{8}\u{c}\n\r\tAé😀é😀"))
        #expect(try RPCValue(parsing: Array(value.text.utf8)) == value)
    }
}
