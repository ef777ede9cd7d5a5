internal import ModuleKit

/// Who may be meant in a genesis document: accounts by their addresses, and its instances by their labels.
///
/// An instance's address follows from its number, so it is known before there is the instance.
struct GenesisParties {
    /// An account or an instance.
    struct Party {
        let address: Address
        let isInstance: Bool
    }

    private let chainID: String
    private let addresses: AddressPrefixes
    /// The numbers by label. Only asked, never iterated.
    private let numbers: [String: UInt32]

    /// - Parameter labels: those of the instances, in the order of their numbers, from 1.
    init(labels: [String], chainID: String, addresses: AddressPrefixes) {
        self.chainID = chainID
        self.addresses = addresses
        // A label that is taken is refused when the second instance is deployed.
        numbers = Dictionary(labels.enumerated().map { ($1, UInt32(clamping: $0 + 1)) }) { first, _ in first }
    }

    /// The address of a party as a text.
    func text(of party: Party) -> String { addresses.format(party.address, as: .account) }

    /// The instance with a label; nil where the document has none.
    func instance(labelled label: String) -> Party? {
        guard let number = numbers[label],
            let address = try? Address(bytes: HostModule.instanceAddress(chainID: chainID, number: number))
        else { return nil }
        return Party(address: address, isInstance: true)
    }

    /// Who is named somewhere in the document; nil for an empty text.
    ///
    /// - Throws: `invalidValue` for a text that is neither an address of this chain nor a label.
    func party(_ field: JSONField) throws(ModuleError) -> Party? {
        let text = try field.string()
        guard !text.isEmpty else { return nil }
        if let instance = instance(labelled: text) { return instance }
        do throws(ModuleError) {
            return Party(address: try addresses.parse(text, as: .account), isInstance: false)
        } catch {
            throw field.invalid("\(error.message), or the label of an instance of this genesis")
        }
    }
}
