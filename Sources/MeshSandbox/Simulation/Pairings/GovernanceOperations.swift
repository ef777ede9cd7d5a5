import ConverterEvents
import ExternalStakingEvents
import MeshHost
import ModuleKit
import PriceFeedEvents

/// Sets the price of a provider's token, sometimes to nothing.
struct PriceMove: SimulationOperation {
    static let name = "price move"
    let weight: UInt32 = 2

    func perform(in world: SimulationWorld) throws(SandboxError) -> String? {
        guard let pairing = world.drawPairing() else { return nil }
        let tenths = world.draw(0...30)
        let price = "\(tenths / 10).\(tenths % 10)"
        let chain = try world.chains(of: pairing).consumer
        let message = PriceFeedMessage.with { $0.setPrice.price = price }
        try chain.submit(message, to: pairing.priceFeed, from: ChainSpecification.authority)
        return "\(chain.chainID): the price of \(pairing.name) is \(price)"
    }
}

/// Changes how much a pairing may mint: to anything, to nothing, or by revoking the grant.
struct CapMove: SimulationOperation {
    static let name = "cap move"
    let weight: UInt32 = 2

    func perform(in world: SimulationWorld) throws(SandboxError) -> String? {
        guard let pairing = world.drawPairing() else { return nil }
        let chain = try world.chains(of: pairing).consumer
        let authority = ChainSpecification.authority
        switch world.draw(0...9) {
        case 0:
            try chain.submit([try pairing.revoking()], from: authority)
            return "\(chain.chainID): the grant of \(pairing.name) is revoked"
        case 1:
            try chain.submit([try pairing.authorising(.zero)], from: authority)
            return "\(chain.chainID): the cap of \(pairing.name) is zero"
        default:
            let cap = Amount(UInt128(world.draw(1...400_000)))
            try chain.submit([try pairing.authorising(cap)], from: authority)
            return "\(chain.chainID): the cap of \(pairing.name) is \(cap)"
        }
    }
}

/// Closes a pairing for good, from one side or the other. Seldom: nothing happens with it afterwards.
struct PairingClosing: SimulationOperation {
    static let name = "closing"
    let weight: UInt32 = 1

    func perform(in world: SimulationWorld) throws(SandboxError) -> String? {
        guard world.draw(0...2) == 0, let pairing = world.drawPairing() else { return nil }
        let chains = try world.chains(of: pairing)
        let authority = ChainSpecification.authority
        if world.draw(0...1) == 0 {
            let message = ExternalStakingMessage.with { $0.close = .init() }
            try chains.provider.submit(message, to: pairing.externalStaking, from: authority)
            return "\(chains.provider.chainID): \(pairing.name) is closed"
        }
        let message = ConverterMessage.with { $0.close = .init() }
        try chains.consumer.submit(message, to: pairing.converter, from: authority)
        return "\(chains.consumer.chainID): \(pairing.name) is closed"
    }
}
