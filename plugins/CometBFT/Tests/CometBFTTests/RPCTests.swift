import CometBFT
import CometBFTTesting
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
        func check(_ value: JSONValue, _ read: (JSONValue) throws -> some Sendable) {
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
        for text in ["100", "\"0100\"", "\"+100\"", "\"1e2\"", "\"\"", "null"] {
            let wrong = try JSONValue(text: text)
            #expect(throws: CometBFTError.self, "\(text)") { try Commit(rpc: json.replacing("height", with: wrong)) }
        }
        for text in ["\"1\"", "1.0", "-1", "2147483648"] {
            let wrong = try JSONValue(text: text)
            #expect(throws: CometBFTError.self, "\(text)") { try Commit(rpc: json.replacing("round", with: wrong)) }
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
        let wrong = block.rpc.replacing("last_commit", "round", with: .number(JSONNumber(1)))
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

    @Test("Text that is not one strict JSON value is refused, with the place of the fault")
    func malformedText() {
        for text in ["", "{\"a\":1,}", "{\"a\":1,\n\"a\":2}", "1 2", "\"\\ud800\""] {
            let error = #expect(throws: CometBFTError.self) { try Header(json: Array(text.utf8)) }
            #expect(error?.code == .malformed)
            #expect(error?.message.hasPrefix("the JSON text is wrong: line ") == true, "\(text)")
            #expect(error?.cause is JSONError)
        }
        #expect(code { try JSONValue(rpc: [0x22, 0xff, 0x22]) } == .malformed)
    }

    @Test("Text deeper or larger than all need is refused")
    func bounds() throws {
        func nested(_ depth: Int) -> [UInt8] {
            [UInt8](repeating: UInt8(ascii: "["), count: depth) + [UInt8](repeating: UInt8(ascii: "]"), count: depth)
        }
        #expect(try JSONValue(rpc: nested(32)).bytes() == nested(32))
        #expect(code { try JSONValue(rpc: nested(33)) } == .malformed)
        #expect(code { try JSONValue(rpc: [UInt8](repeating: 0x20, count: (160 << 20) + 1)) } == .tooLarge)
    }
}
