import account from "./account.json";
import catalogue from "./catalogue.json";
import common from "./common.json";
import sale from "./sale.json";

const en = { common, catalogue, sale, account };

export type Texts = typeof en;
export default en;
