import ModuleKit
import Testing

@Suite("Address")
struct AddressTests {
    private let cosmos: AddressPrefixes

    init() throws {
        self.cosmos = try AddressPrefixes(account: "cosmos")
    }

    @Test("Any 1 to 32 bytes round-trip as bytes, Bech32 and hexadecimal", arguments: propertySeeds)
    func roundTrip(seed: UInt64) throws {
        var generator = ValueGenerator(seed: seed)
        for count in 1...32 {
            let bytes = generator.bytes(count: count)
            let address = try Address(bytes: bytes)
            #expect(address.bytes == bytes)
            #expect(address.byteCount == count)
            #expect(try Address(bech32: address.text(prefix: "cosmos")) == address)
            #expect(try Address(hexadecimal: address.hexadecimal) == address)
            for role in AddressPrefixes.Role.allCases {
                #expect(try cosmos.parse(cosmos.format(address, as: role), as: role) == address)
            }
            #expect(try Bech32(prefix: "cosmos", bytes: bytes).text() == address.text(prefix: "cosmos"))
        }
    }

    @Test("No bytes and more than 32 bytes are refused, in every form")
    func lengths() throws {
        for count in [0, 33, 100] {
            let bytes = [UInt8](repeating: 0, count: count)
            #expect(code { try Address(bytes: bytes) } == .invalidAddress)
            let text = try Bech32(prefix: "cosmos", bytes: bytes).text(lengthLimit: Bech32.cosmosLengthLimit)
            #expect(code { try Address(bech32: text) } == .invalidAddress)
            #expect(code { try Address(hexadecimal: String(repeating: "0", count: count * 2)) } == .invalidAddress)
        }
        #expect(code { try Address(hexadecimal: "ABC") } == .invalidAddress)
        #expect(code { try Address(hexadecimal: "AG") } == .invalidAddress)
    }

    @Test("Addresses sort and compare like their bytes", arguments: propertySeeds)
    func ordering(seed: UInt64) throws {
        var generator = ValueGenerator(seed: seed)
        for _ in 0..<500 {
            // Few distinct bytes, so that prefixes and trailing zeros are frequent.
            let left = (0...generator.next(below: 32)).map { _ in UInt8(generator.next(below: 2)) }
            let right =
                generator.next(below: 2) == 0
                ? Array((left + [0, 0]).prefix(min(32, left.count + generator.next(below: 3))))
                : (0...generator.next(below: 32)).map { _ in UInt8(generator.next(below: 2)) }
            let (x, y) = (try Address(bytes: left), try Address(bytes: right))
            #expect((x < y) == left.lexicographicallyPrecedes(right))
            #expect((x == y) == (left == right))
            if x == y { #expect(x.hashValue == y.hashValue) }
        }
    }

    @Test("A text of another chain or role is refused, and the message names the expected prefix")
    func wrongPrefix() throws {
        let address = try Address(bytes: [UInt8](repeating: 1, count: 20))
        let text = cosmos.format(address, as: .account)
        let error = failure { try cosmos.parse(text, as: .validatorOperator) }
        #expect(error?.code == .wrongAddressPrefix)
        #expect(error?.message.contains("\"cosmosvaloper\"") == true)
        #expect(code { try AddressPrefixes(account: "osmo").parse(text, as: .account) } == .wrongAddressPrefix)
        #expect(code { try AddressPrefixes(account: "cosmo").parse(text, as: .account) } == .wrongAddressPrefix)
        #expect(try cosmos.parse(text.uppercased(), as: .account) == address)
    }

    @Test("Prefixes can be named one by one")
    func namedPrefixes() throws {
        let prefixes = try AddressPrefixes(account: "cro", validatorOperator: "crocncl", consensus: "crocnclcons")
        #expect(prefixes.publicKeyPrefix(of: .consensus) == "crocnclconspub")
        #expect(cosmos.publicKeyPrefix(of: .consensus) == "cosmosvalconspub")
        #expect(code { try AddressPrefixes(account: "Cro") } == .invalidBech32)
    }

    // cosmos/cosmjs packages/amino/src/addresses.spec.ts @ 68aa81db788113c855fdd7c6f8a5521b01f87198,
    // informalsystems/tendermint-rs tendermint/src/account.rs @ a38e9f5fab319e7c910b99dcdf3ced6f67da12f2.
    @Test(
        "Addresses of Ed25519 keys",
        arguments: [
            (
                "12EE6F581FE55673A1E9E1382A0829E32075A0AA4763C968BC526E1852E78C95",
                "cosmos1pfq05em6sfkls66ut4m2257p7qwlk448h8mysz"
            ),
            (
                "14253D61EF42D166D02E68D540D07FDF8D65A9AF0ACAA46302688E788A8521E2",
                "0CDA3F47EF3C4906693B170EF650EB968C5F4B2C"
            ),
        ]
    )
    func ed25519(key: String, expected: String) throws {
        let address = try Address(ed25519PublicKey: try Address(hexadecimal: key).bytes)
        #expect(cosmos.format(address, as: .account) == expected || address.hexadecimal == expected)
        #expect(code { try Address(ed25519PublicKey: [1, 2, 3]) } == .invalidPublicKey)
    }

    // The pools of the Cosmos SDK's staking module, as on the Cosmos Hub.
    @Test(
        "Accounts of modules",
        arguments: [
            ("bonded_tokens_pool", "cosmos1fl48vsnmsdzcv85q5d2q4z5ajdha8yu34mf0eh"),
            ("not_bonded_tokens_pool", "cosmos1tygms3xhhs3yv487phx3dw4a95jn7t7lpm470r"),
        ]
    )
    func moduleAccounts(name: String, expected: String) {
        #expect(cosmos.format(Address(moduleName: name), as: .account) == expected)
    }

    // cosmos/cosmjs packages/amino/src/addresses.spec.ts @ 68aa81db788113c855fdd7c6f8a5521b01f87198.
    @Test("The account of a multisig")
    func multisig() throws {
        let keys = try [
            "wasmpub1addwnpepqwxttx8w2sfs6d8cuzqcuau84grp8xsw95qzdjkmvc44tnckskdxw3zw2km",
            "wasmpub1addwnpepq2gx7x7e29kge5a4ycunytyqr0u8ynql5h583s8r9wdads9m3v8ks6y0nhc",
            "wasmpub1addwnpepq0xfx5vavxmgdkn0p6x0l9p3udttghu3qcldd7ql08wa3xy93qq0xuzvtxc",
        ].map { try LegacyPublicKey(bech32: $0, prefix: "wasmpub") }
        let address = try Address(multisigThreshold: 2, publicKeys: keys)
        #expect(try address.text(prefix: "wasm") == "wasm1pzf2wlat97n7rykrk7e8g8nxste6hde0r8jqsy")
        #expect(try Address(multisigThreshold: 2, publicKeys: keys.reversed()) != address)
        for threshold in [-1, 0, 4] {
            #expect(code { try Address(multisigThreshold: threshold, publicKeys: keys) } == .invalidPublicKey)
        }
    }

    // informalsystems/tendermint-rs tendermint/src/public_key.rs @ a38e9f5fab319e7c910b99dcdf3ced6f67da12f2.
    @Test("Legacy public keys in Bech32 give the raw key")
    func legacyPublicKeys() throws {
        let consensus = try LegacyPublicKey(
            bech32: "cosmosvalconspub1zcjduepqfgjuveq2raetnjt4xwpffm63kmguxv2chdhvhf5lhslmtgeunh8qmf7exk",
            prefix: "cosmosvalconspub"
        )
        let key = try Address(hexadecimal: "4A25C6640A1F72B9C975338294EF51B6D1C33158BB6ECBA69FBC3FB5A33C9DCE").bytes
        #expect(consensus == .ed25519(key))
        let text = "cosmospub1addwnpepq2skx090esq7h7md0r3e76r6ruyet330e904r6k3pgpwuzl92x6actrt4uq"
        guard case .secp256k1(let point) = try LegacyPublicKey(bech32: text, prefix: "cosmospub") else {
            Issue.record("not a secp256k1 key")
            return
        }
        #expect(point.count == 33 && point.starts(with: [0x02, 0xA1, 0x63, 0x3C]) && point.last == 0xDC)
        #expect(code { try LegacyPublicKey(bech32: text, prefix: "cosmosvalconspub") } == .wrongAddressPrefix)
        let bytes = consensus.aminoBytes
        #expect(code { try LegacyPublicKey(aminoBytes: bytes.dropLast()) } == .invalidPublicKey)
        #expect(code { try LegacyPublicKey(aminoBytes: bytes + [0]) } == .invalidPublicKey)
        #expect(code { try LegacyPublicKey(aminoBytes: [0] + bytes) } == .invalidPublicKey)
    }
}
