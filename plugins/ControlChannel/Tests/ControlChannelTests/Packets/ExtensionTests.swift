import ControlChannel
import ModuleKit
import Testing

@Suite("What version 1.0.0 adds to the reference")
struct ExtensionTests {
    private let coin = #"{"denom":"uosmo","amount":"5"}"#

    private func update(_ validator: String) -> [UInt8] {
        Array(
            (#"{"valset_update":{"height":1,"time":2,"additions":[\#(validator)],"removals":[],"updated":[],"#
                + #""jailed":[],"unjailed":[],"tombstoned":[],"slashed":[]}}"#).utf8
        )
    }

    @Test("A burn says whose stake it was, and on 0.11.0 keeps it to itself")
    func burn() throws {
        let attribution = try BurnPacket.Attribution(delegator: "alice", transaction: 1 << 63)
        let coin = Coin(5, try Denom("uosmo"))
        let packet = ProviderPacket.burn(try BurnPacket(validators: ["v"], burn: coin, attribution: attribution))
        let bare = #"{"burn":{"validators":["v"],"burn":\#(self.coin)}}"#
        let full =
            #"{"burn":{"validators":["v"],"burn":\#(self.coin),"delegator":"alice","tx_id":9223372036854775808}}"#
        #expect(text(packet.json(version: .newest)) == full)
        #expect(text(packet.json(version: .reference)) == bare)
        #expect(try ProviderPacket(json: Array(full.utf8), version: .newest) == packet)
        let unattributed = ProviderPacket.burn(try BurnPacket(validators: ["v"], burn: coin))
        #expect(try ProviderPacket(json: Array(bare.utf8), version: .newest) == unattributed)
        #expect(code { _ = try ProviderPacket(json: Array(full.utf8), version: .reference) } == .unknownControlMember)
    }

    @Test("Half of an attribution is none")
    func halfAttribution() {
        for half in [#""delegator":"alice""#, #""tx_id":1"#, #""delegator":null,"tx_id":1"#] {
            let json = #"{"burn":{"validators":["v"],"burn":\#(coin),\#(half)}}"#
            #expect(
                code { _ = try ProviderPacket(json: Array(json.utf8), version: .newest) } == .malformedControlPacket
            )
        }
    }

    @Test("A validator has a key of 32 bytes and perhaps a rotation; on 0.11.0 no rotation, and perhaps no key")
    func validators() throws {
        let (old, new) = ([UInt8](repeating: 1, count: 32), [UInt8](repeating: 2, count: 32))
        let rotation = try KeyRotation(previousKey: old, signature: [UInt8](repeating: 3, count: 64))
        let validator = try AnnouncedValidator(operatorAddress: "v", consensusKey: new, rotation: rotation)
        let packet = ConsumerPacket.validatorSetUpdate(
            try ValidatorSetUpdatePacket(height: 1, timeSeconds: 2, additions: [validator])
        )
        let key = "AgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgI="
        let full = packet.json(version: .newest)
        let previous = "AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE="
        let signature = String(repeating: "AwMD", count: 21) + "Aw=="
        #expect(
            text(full)
                == text(
                    update(
                        #"{"valoper":"v","pub_key":"\#(key)","rotation":{"previous_key":"\#(previous)","#
                            + #""signature":"\#(signature)"}}"#
                    )
                )
        )
        #expect(try ConsumerPacket(json: full, version: .newest) == packet)
        #expect(code { _ = try ConsumerPacket(json: full, version: .reference) } == .unknownControlMember)
        let bare = update(#"{"valoper":"v","pub_key":"\#(key)"}"#)
        #expect(packet.json(version: .reference) == bare)
        #expect(try ConsumerPacket.reading(bare, version: .reference) == .exact)
        #expect(try ConsumerPacket.reading(bare, version: .newest) == .exact)
    }

    @Test("The word `TODO` stands for no key on 0.11.0, and is refused from 1.0.0 on, like every other text")
    func keys() throws {
        let unknown = update(#"{"valoper":"v","pub_key":"TODO"}"#)
        #expect(try ConsumerPacket.reading(unknown, version: .reference) == .exact)
        #expect(try ConsumerPacket.reading(unknown, version: .newest) == .refused)
        let short = "AgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAg=="
        let unpadded = "AgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgI"
        let strayBits = "AgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgJ="
        for wrong in ["", "todo", "AgI=", short, unpadded, strayBits] {
            let bytes = update(#"{"valoper":"v","pub_key":"\#(wrong)"}"#)
            #expect(try ConsumerPacket.reading(bytes, version: .reference) == .refused, "\(wrong)")
            #expect(try ConsumerPacket.reading(bytes, version: .newest) == .refused, "\(wrong)")
        }
        for count in [0, 31, 33] {
            let making = code {
                _ = try AnnouncedValidator(operatorAddress: "v", consensusKey: [UInt8](repeating: 1, count: count))
            }
            #expect(making == .malformedControlPacket)
        }
    }

    @Test("A rotation needs its two members with their lengths, and a key that it leads to")
    func rotations() throws {
        let key = [UInt8](repeating: 1, count: 32)
        let signature = [UInt8](repeating: 3, count: 64)
        #expect(code { _ = try KeyRotation(previousKey: [1], signature: signature) } == .malformedControlPacket)
        #expect(code { _ = try KeyRotation(previousKey: key, signature: key) } == .malformedControlPacket)
        let rotation = try KeyRotation(previousKey: key, signature: signature)
        let making = code {
            _ = try AnnouncedValidator(operatorAddress: "v", consensusKey: nil, rotation: rotation)
        }
        #expect(making == .malformedControlPacket)
        let text = "AgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgI="
        for wrong in [
            "null", "{}", #"{"previous_key":"\#(text)"}"#, #"{"previous_key":"\#(text)","signature":"AA=="}"#,
        ] {
            let bytes = update(#"{"valoper":"v","pub_key":"\#(text)","rotation":\#(wrong)}"#)
            #expect(code { _ = try ConsumerPacket(json: bytes, version: .newest) } == .malformedControlPacket)
        }
    }

    @Test("What a rotation signs names the purpose, the chain, the validator and both keys")
    func statement() {
        let statement = KeyRotation.statement(
            chainID: "juno-1",
            operatorAddress: "v",
            previousKey: [UInt8](repeating: 1, count: 32),
            newKey: [UInt8](repeating: 2, count: 32)
        )
        #expect(
            text(statement)
                == #"{"type":"mesh-security/key-rotation","chain_id":"juno-1","valoper":"v","#
                + #""previous_key":"AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=","#
                + #""new_key":"AgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgI="}"#
        )
    }
}
