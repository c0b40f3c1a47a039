import type { BusinessProfile } from '../../../../shared/domain/profile/businessProfile';
import { Check, SelectField, TextArea, TextField } from '../../pieces/fields';
import { ListEditor } from '../../pieces/ListEditor';
import { NumberField } from '../../pieces/NumberField';
import { settingsWords } from '../../words/settings/words';
import type { ProfilePart } from '../SettingsView';

const CATEGORIES = ['marketing', 'utility', 'authentication', 'service'] as const;
const KEPT = ['messagesDays', 'filesDays', 'contactsDays'] as const;
const STOCKS = ['none', 'yesNo', 'numbers'] as const;
const upperCase = (text: string): string => text.trim().toUpperCase();
/** Decimals are kept with a point, however somebody types them. */
const decimal = (text: string): string => text.trim().replace(',', '.');

function MessageRates({ profile, problems, change }: ProfilePart) {
	const { data } = settingsWords.value;
	const { costs } = profile;
	const free = CATEGORIES.find((category) => !costs.messages.some((rate) => rate.category === category));
	return (
		<section class="settingsCard">
			<h2>{data.messages}</h2>
			<p class="fieldHint">{data.messagesHint}</p>
			<ListEditor
				label={data.messages}
				rows={costs.messages}
				onRows={(messages) => change({ costs: { ...costs, messages } })}
				nameOf={({ category }) => data.categories[category]}
				isOrdered={false}
				most={CATEGORIES.length}
				add={{
					name: data.addRate,
					row: () => ({ category: free ?? 'service', amount: '0', currency: costs.messages[0]?.currency ?? 'USD' }),
				}}
			>
				{(rate, put, index) => (
					<>
						<SelectField
							label={data.category}
							value={rate.category}
							choices={CATEGORIES.map((value) => ({ value, name: data.categories[value] }))}
							onChoice={(category) => put({ category })}
						/>
						<TextField
							label={data.amount}
							inputMode="decimal"
							value={rate.amount}
							error={problems.at('costs', 'messages', index, 'amount')}
							onText={(text) => put({ amount: decimal(text) })}
						/>
						<TextField
							label={data.currency}
							value={rate.currency}
							maxLength={3}
							error={problems.at('costs', 'messages', index, 'currency')}
							onText={(text) => put({ currency: upperCase(text) })}
						/>
					</>
				)}
			</ListEditor>
		</section>
	);
}

function ModelPrices({ profile, problems, change }: ProfilePart) {
	const { data } = settingsWords.value;
	const { costs } = profile;
	return (
		<section class="settingsCard">
			<h2>{data.models}</h2>
			<p class="fieldHint">{data.modelsHint}</p>
			<ListEditor
				label={data.models}
				rows={costs.models}
				onRows={(models) => change({ costs: { ...costs, models } })}
				nameOf={({ model }, index) => (model === '' ? data.price(index + 1) : model)}
				isOrdered={false}
				add={{
					name: data.addModel,
					row: () => ({ model: '', input: '0', output: '0', currency: costs.models[0]?.currency ?? 'USD' }),
				}}
			>
				{(price, put, index) => (
					<>
						<TextField
							label={data.model}
							placeholder={data.modelPlaceholder}
							value={price.model}
							maxLength={100}
							error={problems.at('costs', 'models', index, 'model')}
							onText={(text) => put({ model: text.trim() })}
						/>
						<TextField
							label={data.input}
							inputMode="decimal"
							value={price.input}
							error={problems.at('costs', 'models', index, 'input')}
							onText={(text) => put({ input: decimal(text) })}
						/>
						<TextField
							label={data.output}
							inputMode="decimal"
							value={price.output}
							error={problems.at('costs', 'models', index, 'output')}
							onText={(text) => put({ output: decimal(text) })}
						/>
						<TextField
							label={data.currency}
							value={price.currency}
							maxLength={3}
							error={problems.at('costs', 'models', index, 'currency')}
							onText={(text) => put({ currency: upperCase(text) })}
						/>
					</>
				)}
			</ListEditor>
		</section>
	);
}

function Knowledge({ profile, problems, change }: ProfilePart) {
	const { data } = settingsWords.value;
	const { knowledge } = profile;
	const put = (to: Partial<BusinessProfile['knowledge']>): void => change({ knowledge: { ...knowledge, ...to } });
	return (
		<section class="settingsCard">
			<h2>{data.knowledge}</h2>
			<Check
				label={data.answers}
				checked={knowledge.answers === 'on'}
				onCheck={(on) => put({ answers: on ? 'on' : 'off' })}
			/>
			<div class="formRow">
				<SelectField
					label={data.showStock}
					value={knowledge.showStock}
					choices={STOCKS.map((value) => ({ value, name: data.stocks[value] }))}
					onChoice={(showStock) => put({ showStock })}
				/>
				<NumberField
					label={data.minimumScore}
					min={0.3}
					max={1}
					step={0.05}
					value={knowledge.minimumScore}
					error={problems.at('knowledge', 'minimumScore')}
					onNumber={(minimumScore) => put({ minimumScore })}
				/>
			</div>
			<TextArea
				label={data.address}
				hint={data.addressHint}
				rows={2}
				maxLength={500}
				value={profile.address}
				error={problems.at('address')}
				onText={(address) => change({ address })}
			/>
		</section>
	);
}

/** What things cost, what the bot may answer and how long anything is kept. */
export function DataPart(part: ProfilePart) {
	const { data } = settingsWords.value;
	const { profile, problems, change } = part;
	return (
		<>
			<p class="lead">{data.lead}</p>
			<MessageRates {...part} />
			<ModelPrices {...part} />
			<Knowledge {...part} />
			<section class="settingsCard">
				<h2>{data.retention}</h2>
				<p class="fieldHint">{data.retentionHint}</p>
				<div class="formRow">
					{KEPT.map((field) => (
						<NumberField
							key={field}
							label={data[field]}
							min={0}
							value={profile.retention[field]}
							error={problems.at('retention', field)}
							onNumber={(days) => change({ retention: { ...profile.retention, [field]: days } })}
						/>
					))}
				</div>
			</section>
		</>
	);
}
