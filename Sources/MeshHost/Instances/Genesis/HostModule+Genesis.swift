internal import Foundation
internal import ModuleKit

/// The host's part of a genesis: the chain itself, its authority, the instances to deploy, their grants, and what is exported
/// of it all.
extension HostModule {
    /// Records the start of the chain and deploys its first instances.
    func start(
        _ document: GenesisDocument,
        hash: [UInt8],
        _ context: Context,
        _ report: inout GenesisReport
    ) throws(ModuleError) {
        // The host's own events are the first that need a dictionary, and so have number 0.
        let own = HostVocabulary(of: HostEvent.self)
        try context.emit(
            .with {
                $0.vocabularyAdded = .with {
                    $0.number = 0
                    $0.messageName = own.messageName
                    $0.schemaVersion = own.schemaVersion
                    $0.descriptorHash = own.descriptorHash
                }
            }
        )
        try context.emit(
            .with {
                $0.chainStarted = .with {
                    $0.chainID = document.chainID
                    $0.addressPrefix = context.addresses.account
                    $0.validatorPrefix = context.addresses.validatorOperator
                    $0.consensusPrefix = context.addresses.consensus
                    $0.initialHeight = document.initialHeight
                    $0.genesisHash = Data(hash)
                }
            }
        )
        let genesis = try HostGenesis(document, registry, context.addresses, &report)
        if let authority = genesis.authority { try emitAuthority(authority, context) }
        for total in genesis.totalCaps { try set(total, context) }
        for deployment in genesis.deployments {
            try deploy(
                module: deployment.module,
                label: deployment.label,
                configuration: deployment.configuration,
                admin: deployment.admin,
                creator: nil,
                context
            )
            let number = try number(of: deployment.label, in: context)
            for grant in deployment.grants { try give(grant, to: number, deployment.module, context) }
            for grant in deployment.revoked { try revoke(grant, from: number, deployment.module, context) }
        }
        for (account, sequence) in genesis.sequences {
            let text = context.addresses.format(account, as: .account)
            try context.emit(
                .with {
                    $0.sequenceImported.address = text
                    $0.sequenceImported.sequence = sequence
                }
            )
        }
    }

    private func set(_ total: HostGenesis.TotalCap, _ context: Context) throws(ModuleError) {
        do throws(ModuleError) {
            guard try totalCap(of: Privilege(total.privilege), in: context) == nil else {
                throw ModuleError(.alreadyExists, "\(total.privilege) has two total caps: leave one out")
            }
            try emitTotalCap(total.cap, of: total.privilege, context)
        } catch {
            throw error.adding(context: total.path)
        }
    }

    private func give(_ entry: HostGenesis.GrantEntry, to number: UInt32, _ module: String, _ context: Context)
        throws(ModuleError)
    {
        do throws(ModuleError) {
            let grant = try checkedGrant(of: entry.privilege, cap: entry.cap, toModule: module)
            guard try self.grant(of: grant.privilege, to: number, in: context) == nil else {
                throw ModuleError(.alreadyExists, "\(grant.privilege) is granted twice: leave one out")
            }
            try requireWithinTotal(grant, to: number, context)
            try emit(grant, to: number, context)
        } catch {
            throw error.adding(context: entry.path)
        }
    }

    /// Goes on with a grant that was revoked: its holder may have something to take back still.
    private func revoke(_ entry: HostGenesis.GrantEntry, from number: UInt32, _ module: String, _ context: Context)
        throws(ModuleError)
    {
        do throws(ModuleError) {
            let privilege = try checkedGrant(of: entry.privilege, cap: entry.cap, toModule: module).privilege
            let isGranted = try grant(of: privilege, to: number, in: context) != nil
            guard !isGranted, try !hasHeld(privilege, number, in: context) else {
                throw ModuleError(.alreadyExists, "\(privilege) is granted or revoked already: leave one out")
            }
            try emitRevocation(of: privilege, from: number, context)
        } catch {
            throw error.adding(context: entry.path)
        }
    }
}
